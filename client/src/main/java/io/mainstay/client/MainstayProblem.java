package io.mainstay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server refused: an RFC 9457 problem. */
public final class MainstayProblem extends MainstayException {
    private static final long serialVersionUID = 1L;
    private static final String TYPE_PREFIX = "urn:mainstay:problem:";

    private final Problem problem;

    MainstayProblem(Problem problem, @Nullable String idempotencyKey) {
        super(problem.code() + " (" + problem.status() + "): " + problem.detail(), idempotencyKey, null);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Stable and machine-readable: {@code funds-insufficient}. */
    public String code() {
        return problem.code();
    }

    public int status() {
        return problem.status();
    }

    /** JSON pointer to the first field that is to blame; empty if none is named. */
    public String pointer() {
        return problem.errors().isEmpty() ? "" : problem.errors().get(0).pointer();
    }

    /**
     * What the server said.
     *
     * @param type a URI; {@code about:blank} if the answer was no problem document
     * @param detail one sentence for people
     */
    public record Problem(String type, int status, String title, String detail, List<FieldError> errors)
            implements java.io.Serializable {
        public Problem {
            errors = List.copyOf(errors);
        }

        /** The type without what all types begin with. */
        public String code() {
            return type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : type;
        }
    }

    /** A field of the request that is to blame. */
    public record FieldError(String pointer, String detail) implements java.io.Serializable {}
}
