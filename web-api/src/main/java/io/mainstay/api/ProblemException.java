package io.mainstay.api;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem; carries no stack trace, because it tells about the caller, not about us. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        this(problem, null);
    }

    ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.type().code() + ": " + problem.detail(), cause, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
