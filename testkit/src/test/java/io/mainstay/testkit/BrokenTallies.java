package io.mainstay.testkit;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.snapshot.SnapshotChunk;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Domains that are wrong in one way each. */
final class BrokenTallies {
    /** What no reading of bytecode finds: something that goes on by itself. */
    private static final AtomicLong OUTSIDE = new AtomicLong();

    private BrokenTallies() {}

    static Decision<TallyEvent> accept(String item, long amount) {
        return Decision.accept(new TallyEvent(item, amount, 0));
    }

    static final class ReadsTheClock extends Tally {
        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("now", Instant.now().getEpochSecond());
        }
    }

    /** Not by a call, but by a reference to the method. */
    static final class RefersToTheClock extends Tally {
        private final LongSupplier clock = System::nanoTime;

        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("now", clock.getAsLong());
        }
    }

    /** Not in a class of its own, but in one that it uses. */
    static final class DrawsByAnother extends Tally {
        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("dice", Dice.draw());
        }
    }

    static final class Dice {
        private Dice() {}

        static long draw() {
            return new Random(1).nextLong();
        }
    }

    static final class DecidesOtherwiseTheSecondTime extends Tally {
        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("outside", OUTSIDE.incrementAndGet());
        }
    }

    static final class AppliesOtherwiseTheSecondTime extends CannotUndo {
        @Override
        public void apply(TallyState state, TallyEvent event) {
            super.apply(state, event);
            state.counts.put("outside", OUTSIDE.incrementAndGet());
        }
    }

    static final class DecidingChangesTheState extends Tally {
        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            state.counts.put("asked", 1L);
            return super.decide(state, command, context);
        }
    }

    static final class TouchingChangesTheState extends Tally {
        @Override
        public long touch(TallyState state, TallyCommand command) {
            state.counts.merge("touched", 1L, Long::sum);
            return 0;
        }
    }

    static final class DecidesInOrderOfAHashMap extends Tally {
        @Override
        public TallyState emptyState() {
            return TallyState.unordered();
        }

        @Override
        void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
            TallyState ordered = new TallyState();
            ordered.counts.putAll(state.counts);
            ordered.versions.putAll(state.versions);
            super.encode(ordered, out, chunkEnd);
        }

        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return state.counts.isEmpty()
                    ? super.decide(state, command, context)
                    : accept(state.counts.keySet().iterator().next(), 1);
        }
    }

    static final class WritesSnapshotsInOrderOfAHashMap extends Tally {
        @Override
        public TallyState emptyState() {
            return TallyState.unordered();
        }
    }

    static final class AppliesInOrderOfAHashSet extends CannotUndo {
        @Override
        public void apply(TallyState state, TallyEvent event) {
            super.apply(state, event);
            state.unordered.add(event.item());
            state.counts.put("first", (long) state.unordered.iterator().next().length());
        }

        @Override
        void decode(TallyState state, WireReader chunk) {
            super.decode(state, chunk);
            state.unordered.addAll(state.versions.keySet());
        }
    }

    /** The order differs from one virtual machine to the next, and not within one. */
    static final class DecidesInOrderOfSetOf extends Tally {
        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept(Set.of("left", "right").iterator().next(), 1);
        }
    }

    /** Enums have the hash of their identity. */
    static final class DecidesByIdentity extends Tally {
        enum Side {
            LEFT,
            RIGHT
        }

        private static final Map<Object, String> SIDES = new HashMap<>();

        static {
            for (int index = 0; index < 20; index++) {
                SIDES.put(new Object(), "side " + index);
            }
            SIDES.put(Side.LEFT, "left");
            SIDES.put(Side.RIGHT, "right");
        }

        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept(SIDES.values().toString(), 1);
        }
    }

    static final class DecidesByLanguage extends Tally {
        @Override
        @SuppressWarnings("StringCaseLocaleUsage")
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("item".toUpperCase(), 1);
        }
    }

    static final class LeavesBytesBehind extends Tally {
        @Override
        void endEvent(WireWriter out) {
            out.writeInt(7);
        }
    }

    static final class ReadsBeyondTheEnd extends Tally {
        @Override
        void endEvent(WireReader in) {
            in.readUnsignedByte();
        }
    }

    static final class LosesAField extends Tally {
        @Override
        java.util.Set<String> setOf(List<String> items) {
            return Set.of();
        }
    }

    static final class WritesEqualCommandsOtherwise extends Tally {
        @Override
        Iterable<String> ordered(Set<String> items) {
            return items;
        }

        @Override
        Set<String> setOf(List<String> items) {
            return new LinkedHashSet<>(items);
        }
    }

    static final class WritesReadCommandsOtherwise extends Tally {
        @Override
        Iterable<String> ordered(Set<String> items) {
            return items;
        }

        @Override
        Set<String> setOf(List<String> items) {
            return new HashSet<>(items);
        }
    }

    static final class SnapshotForgets extends CannotUndo {
        @Override
        public void apply(TallyState state, TallyEvent event) {
            super.apply(state, event);
            state.forgotten++;
        }

        @Override
        public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
            return accept("forgotten", state.forgotten);
        }
    }

    static final class SnapshotForgetsVersions extends Tally {
        @Override
        void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
            TallyState less = new TallyState();
            less.counts.putAll(state.counts);
            super.encode(less, out, chunkEnd);
        }
    }

    static final class SnapshotLosesItsEnd extends Tally {
        @Override
        void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
            super.encode(state, out, () -> {});
        }
    }

    static final class SnapshotInOnePiece extends Tally {
        @Override
        void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
            out.writeRaw(new byte[Snapshots.CHUNK_BYTES_MAX + 1], 0, Snapshots.CHUNK_BYTES_MAX + 1);
            chunkEnd.run();
        }
    }

    static final class SnapshotIsReadInPart extends Tally {
        @Override
        void decode(TallyState state, WireReader chunk) {
            if (chunk.remaining() > 0) {
                chunk.readUnsignedByte();
            }
        }
    }

    static final class SnapshotCodecLosesBytes extends Tally {
        @Override
        public List<SnapshotCodec> snapshotCodecs() {
            return List.of(new SnapshotCodec() {
                @Override
                public String name() {
                    return "short";
                }

                @Override
                public byte[] write(SnapshotChunk chunk) {
                    return Arrays.copyOf(chunk.bytes(), chunk.bytes().length / 2);
                }

                @Override
                public byte[] read(byte[] stored) {
                    return stored;
                }
            });
        }
    }

    static class CannotUndo extends Tally {
        @Override
        public boolean canRevert() {
            return false;
        }
    }

    static final class UndoesTooLittle extends Tally {
        @Override
        public void revert(TallyState state, TallyEvent event) {
            add(state, event.item(), -event.amount());
        }
    }

    static final class KeepsAggregatesToItself extends Tally {
        @Override
        public void aggregates(TallyState state, BiConsumer<String, UUID> each) {
            each.accept("", idOf("nobody"));
        }
    }

    static final class GivesAggregatesToAnotherTenant extends Tally {
        @Override
        public void aggregates(TallyState state, BiConsumer<String, UUID> each) {
            super.aggregates(state, (none, id) -> each.accept("another", id));
        }
    }

    static final class GivesAggregatesToTenantsByChance extends Tally {
        @Override
        public void aggregates(TallyState state, BiConsumer<String, UUID> each) {
            super.aggregates(state, (none, id) -> each.accept("tenant " + OUTSIDE.incrementAndGet(), id));
        }
    }

    static final class CountsNoVersions extends Tally {
        @Override
        public long version(TallyState state, UUID aggregate) {
            return 0;
        }
    }

    static final class IsDueForEver extends Tally {
        @Override
        public Decision<TallyEvent> elapse(TallyState state, CommandContext context) {
            return super.decide(state, new TallyCommand.Count("late", 1, 1), context);
        }
    }

    static final class ElapsesWithoutEnd extends Tally {
        @Override
        public Decision<TallyEvent> elapse(TallyState state, CommandContext context) {
            return accept("more", 1);
        }
    }

    static final class ElapsesByChance extends Tally {
        @Override
        public Decision<TallyEvent> elapse(TallyState state, CommandContext context) {
            return accept("outside", OUTSIDE.incrementAndGet());
        }
    }

    static final class IsDueByChance extends Tally {
        @Override
        public long dueMicros(TallyState state) {
            return OUTSIDE.incrementAndGet();
        }
    }

    static final class CannotCancel extends Tally {
        @Override
        TallyCommand cancelling(String from) {
            return new TallyCommand.Uncount("never counted");
        }
    }

    static final class NeedsAnArgument extends Tally {
        NeedsAnArgument(int argument) {
            OUTSIDE.addAndGet(argument);
        }
    }
}
