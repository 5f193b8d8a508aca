package io.mainstay.core.gateway;

import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import java.util.List;

/** The engine's answer to a command. */
public sealed interface Outcome {
    /** An answer that stands in the log: asking again with the same idempotency key gives it again. */
    sealed interface Decided extends Outcome {
        int shard();

        /** Position of the command in its shard's log, from 0. */
        long offset();

        /** Time of the command, in microseconds since the epoch. */
        long timestampMicros();

        /** Version of the command's leading aggregate after it; 0 if there is none. */
        long version();

        /** True if this is the answer to an earlier command with the same key. */
        boolean repeated();
    }

    /**
     * Done, and durable as the shard's durability policy says.
     *
     * @param skipped the attempts of a group that were undone; empty for a single command
     */
    record Accepted(
            int shard,
            long offset,
            long timestampMicros,
            long version,
            List<? extends Event> events,
            List<Skipped> skipped,
            boolean repeated)
            implements Decided {
        public Accepted {
            events = List.copyOf(events);
            skipped = List.copyOf(skipped);
        }

        public Accepted(
                int shard,
                long offset,
                long timestampMicros,
                long version,
                List<? extends Event> events,
                boolean repeated) {
            this(shard, offset, timestampMicros, version, events, List.of(), repeated);
        }
    }

    /**
     * Durable and under way on several shards: it will be {@link Accepted} or {@link Rejected} in the end, by itself. Asking
     * again with the same idempotency key tells how it stands.
     *
     * @param shard which coordinates it
     * @param offset of the command in that shard's log: also the number of its saga
     */
    record Begun(
            int shard, long offset, long timestampMicros, long version, List<? extends Event> events, boolean repeated)
            implements Outcome {
        public Begun {
            events = List.copyOf(events);
        }

        /** The answer when all of it is done. */
        public Accepted accepted() {
            return new Accepted(shard, offset, timestampMicros, version, events, repeated);
        }

        /** The answer when all of it is undone. */
        public Rejected rejected(Rejection rejection) {
            return new Rejected(shard, offset, timestampMicros, version, rejection, repeated);
        }
    }

    /** Refused by the domain; nothing has changed. */
    record Rejected(int shard, long offset, long timestampMicros, long version, Rejection rejection, boolean repeated)
            implements Decided {}

    /**
     * Not taken: a check before the shard refused it. Nothing has happened, and nothing stands in the log.
     *
     * @param retryAfterMillis when asking again makes sense; 0 if that does not depend on time
     */
    record Denied(Stage stage, Rejection rejection, int retryAfterMillis) implements Outcome {
        public Denied(Stage stage, Rejection rejection) {
            this(stage, rejection, 0);
        }
    }

    /** Not executed: the command at {@code original} had the same idempotency key and asked for something else. */
    record KeyReused(int shard, long original) implements Outcome {}

    /** Not taken: the shard's mailbox is full. Nothing has happened; ask again later. */
    record Overloaded(int shard, int retryAfterMillis) implements Outcome {}

    /** Not taken: the shard does not serve at present. Nothing has happened; ask again later. */
    record Unavailable(int shard, String reason, int retryAfterMillis) implements Outcome {}

    /** The log broke while the command was on its way: it may or may not be done. Ask again with the same key. */
    record Unknown(int shard, String reason) implements Outcome {}

    /** Not taken: the command's aggregates live on different shards. */
    record CrossShard() implements Outcome {}
}
