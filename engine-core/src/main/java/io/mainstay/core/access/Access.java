package io.mainstay.core.access;

import java.util.List;

/**
 * All that callers may do with a domain and ask of it.
 *
 * @param <S> the state
 * @param <C> the commands
 */
public record Access<S, C>(List<Operation<C>> operations, List<Read<S>> reads) {
    public Access {
        operations = List.copyOf(operations);
        reads = List.copyOf(reads);
    }

    /** Nothing. */
    public static <S, C> Access<S, C> none() {
        return new Access<>(List.of(), List.of());
    }
}
