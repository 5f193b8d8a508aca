package io.mainstay.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What stages and executors wrap around a failure, taken off. */
final class Failures {
    private Failures() {}

    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The failure as something that can be thrown from a stage. */
    static RuntimeException rethrow(Throwable failure) {
        return failure instanceof RuntimeException runtime ? runtime : new CompletionException(failure);
    }
}
