package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one schema version of a domain has written into what the next one would have written.
 *
 * @param from the version it reads; it writes the one after
 * @param commands null if commands are written as before
 * @param events null if events are written as before
 * @param states of each chunk of a snapshot; null if they are written as before
 */
public record Upcaster(
        int from,
        @Nullable Rewrite commands,
        @Nullable Rewrite events,
        @Nullable Rewrite states) {
    /** Reads one value, or one chunk, to its end and writes it anew. A pure function of its bytes. */
    public interface Rewrite {
        void rewrite(WireReader in, WireWriter out);
    }

    public Upcaster {
        if (from < 1) {
            throw new IllegalArgumentException("upcaster from version " + from + ", at least 1 wanted");
        }
    }

    /** From a version that decides otherwise than the next one, and writes the same. */
    public static Upcaster from(int version) {
        return new Upcaster(version, null, null, null);
    }

    public Upcaster withCommands(Rewrite rewrite) {
        return new Upcaster(from, rewrite, events, states);
    }

    public Upcaster withEvents(Rewrite rewrite) {
        return new Upcaster(from, commands, rewrite, states);
    }

    public Upcaster withStates(Rewrite rewrite) {
        return new Upcaster(from, commands, events, rewrite);
    }
}
