package io.mainstay.core.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that is done in steps on several shards: in the end all of them, or none.
 *
 * <p>First every step is attempted, each by its own shard: the compensable ones at once, the pivot when all of them are
 * done. Then every step is confirmed. Is an attempt refused, or not made in time, those that were made are cancelled. The
 * steps of the deciding shard are attempted in the deciding itself: if one of them is refused, nothing has happened. A saga
 * all of whose steps are on that shard is done there and then, as one transaction.
 *
 * @param subject what it is about, for people who look for it: the id of a transfer or an order
 * @param timeoutMicros an attempt is refused after this time; at least 1
 */
public record Saga(UUID subject, List<Step> steps, long timeoutMicros) {
    public static final int STEPS_MAX = 64;

    /** How long attempts may take unless something else is wanted. */
    public static final long TIMEOUT_MICROS_DEFAULT = 10_000_000;

    /**
     * What one shard does. The commands may be of different domains, each of which can be reverted.
     *
     * @param attempt may be refused; what it does has to be such that neither its confirmation nor its cancelling can be
     * @param confirm done once all attempts are; empty if the attempt has done it all
     * @param cancel undoes the attempt; empty for the pivot
     */
    public record Step(int shard, Command attempt, Optional<Command> confirm, Optional<Command> cancel) {
        /** A step that can be taken back. */
        public static Step compensable(int shard, Command attempt, Optional<Command> confirm, Command cancel) {
            return new Step(shard, attempt, confirm, Optional.of(cancel));
        }

        /** The step that decides: attempted last, and never taken back. */
        public static Step pivot(int shard, Command attempt) {
            return new Step(shard, attempt, Optional.empty(), Optional.empty());
        }

        public Step {
            if (attempt instanceof CommandGroup || isGroup(confirm) || isGroup(cancel)) {
                throw new IllegalArgumentException("a group as a saga's step; a step for each command is wanted");
            }
        }

        private static boolean isGroup(Optional<Command> command) {
            return command.isPresent() && command.get() instanceof CommandGroup;
        }

        public boolean isPivot() {
            return cancel.isEmpty();
        }
    }

    public Saga {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > STEPS_MAX) {
            throw new IllegalArgumentException("saga of " + steps.size() + " steps, 1 to " + STEPS_MAX + " wanted");
        }
        int pivots = 0;
        for (Step step : steps) {
            pivots += step.isPivot() ? 1 : 0;
        }
        if (pivots > 1) {
            throw new IllegalArgumentException("saga with more than one step that cannot be cancelled");
        }
        if (timeoutMicros < 1) {
            throw new IllegalArgumentException("timeoutMicros is " + timeoutMicros + ", at least 1 wanted");
        }
    }

    /** True if every step is one of this shard. */
    public boolean isWithin(int shard) {
        for (Step step : steps) {
            if (step.shard() != shard) {
                return false;
            }
        }
        return true;
    }
}
