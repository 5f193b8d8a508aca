package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.log.WriteAheadLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One shard's log, as faulty as a broker and its disk can be, and what truly is durable in it.
 *
 * <p>An append becomes durable when virtual time has passed, in the order of the calls. It may be refused while those
 * behind it are not, be refused although it was written, be written twice, or be thrown back at once. When its session
 * ends, some of what waits is written and the rest is lost; a frame that was cut in the middle is dropped, as a journal
 * drops a record that fails its check.
 */
final class SimulatedLog implements RetainedLog {
    private static final double FRAME_TWICE = 0.1;
    private static final double RECOVERY_FAULT = 0.3;

    private final int shard;
    private final SimulationConfig config;
    private final Dice dice;
    private final VirtualClock clock;
    private final Trace trace;
    private final History history;
    private final List<byte[]> frames = new ArrayList<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int owner;
    private long stalledUntilMicros;
    private long truncatedBefore;
    private boolean healed;
    private boolean damaged;

    SimulatedLog(int shard, SimulationConfig config, Dice dice, VirtualClock clock, Trace trace) {
        this.shard = shard;
        this.config = config;
        this.dice = dice;
        this.clock = clock;
        this.trace = trace;
        this.history = new History(shard);
    }

    /** Opens the log for a new owner, who has it as soon as it recovers. */
    WriteAheadLog open() {
        return new Session(true);
    }

    /** Opens a log that goes on taking appends after another owner has come: for tests that want to be caught. */
    WriteAheadLog openUnfenced() {
        return new Session(false);
    }

    History history() {
        return history;
    }

    /** True once a bit has flipped: the shard has to stop. */
    boolean isDamaged() {
        return damaged;
    }

    /** Frames of a lower sequence are not in the log any more. */
    long truncatedBefore() {
        return truncatedBefore;
    }

    /** Lets time do its work: what is due becomes durable, or is refused. */
    void advance() {
        while (!waiting.isEmpty()
                && waiting.element().dueMicros <= clock.elapsedMicros()
                && stalledUntilMicros <= clock.elapsedMicros()) {
            settle(waiting.remove());
        }
    }

    void stall(long micros) {
        stalledUntilMicros = clock.elapsedMicros() + micros;
        trace.note(Fault.LOG_STALLED, shard, micros);
    }

    /** The owner's session ends: some of what waits is written, in order, and the rest is lost. */
    void breakSession() {
        int written = waiting.isEmpty() ? 0 : dice.between(0, waiting.size());
        for (; written > 0; written--) {
            Waiting append = waiting.remove();
            write(append.frame);
            append.fail("the session ended before the append was confirmed");
        }
        if (!waiting.isEmpty()) {
            trace.note(dice.chance(0.3) ? Fault.TAIL_TORN : Fault.UNSYNCED_LOST, shard, waiting.size());
            waiting.forEach(append -> append.fail("lost with the session"));
            waiting.clear();
        }
        owner++;
    }

    boolean isHealed() {
        return healed;
    }

    /** No faults from now on. */
    void heal() {
        healed = true;
        stalledUntilMicros = 0;
    }

    /** Flips one bit of a frame that is durable, if there is one. */
    void flipBit() {
        if (frames.isEmpty()) {
            return;
        }
        byte[] frame = frames.get(dice.below(frames.size()));
        long offset = LogFrame.parse(frame).header().firstOffset();
        frame[dice.below(frame.length)] ^= (byte) (1 << dice.below(8));
        damaged = true;
        trace.note(Fault.BIT_FLIPPED, shard, offset);
    }

    @Override
    public void read(Consumer<byte[]> reader) {
        for (byte[] frame : List.copyOf(frames)) {
            reader.accept(frame.clone());
        }
    }

    @Override
    public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
        List<byte[]> gone = frames.stream()
                .filter(frame -> LogFrame.parse(frame).header().sequence() < keepFromSequence)
                .toList();
        gone.forEach(frame -> archive.accept(frame.clone()));
        sync.run();
        frames.removeAll(gone);
        truncatedBefore = Math.max(truncatedBefore, keepFromSequence);
        trace.note(Fault.LOG_TRUNCATED, shard, gone.size());
        return gone.size();
    }

    private void settle(Waiting append) {
        switch (append.fate) {
            case DURABLE -> {
                write(append.frame);
                append.state = Append.State.DURABLE;
            }
            case REFUSED -> append.fail("refused");
            case REFUSED_BUT_WRITTEN -> {
                write(append.frame);
                append.fail("the confirmation was lost");
            }
        }
    }

    private void write(byte[] frame) {
        frames.add(frame);
        history.read(frame);
        trace.note("wrote frame of bytes", shard, frame.length);
        if (!healed && dice.chance(config.appendFaultChance() * FRAME_TWICE)) {
            trace.note(Fault.FRAME_TWICE, shard, frame.length);
            frames.add(frame.clone());
            history.read(frame);
        }
    }

    private Fate draw() {
        if (healed || !dice.chance(config.appendFaultChance())) {
            return Fate.DURABLE;
        }
        boolean written = dice.chance(0.3);
        trace.note(written ? Fault.APPEND_REFUSED_BUT_WRITTEN : Fault.APPEND_REFUSED, shard, waiting.size());
        return written ? Fate.REFUSED_BUT_WRITTEN : Fate.REFUSED;
    }

    /** What time will make of an append. */
    private enum Fate {
        DURABLE,
        REFUSED,
        REFUSED_BUT_WRITTEN
    }

    /** One owner's way to the log. */
    private final class Session implements WriteAheadLog {
        private final boolean fenced;
        private int number = -1;

        Session(boolean fenced) {
            this.fenced = fenced;
        }

        @Override
        public void recover(Consumer<byte[]> reader) {
            breakSession();
            number = owner;
            int breaksOffAfter = !healed && dice.chance(config.appendFaultChance() * RECOVERY_FAULT)
                    ? dice.below(frames.size() + 1)
                    : Integer.MAX_VALUE;
            for (byte[] frame : List.copyOf(frames)) {
                if (breaksOffAfter-- == 0) {
                    trace.note(Fault.RECOVERY_BROKEN_OFF, shard, frames.size());
                    throw new EngineException(Severity.RETRY, "the log cannot be read to its end");
                }
                reader.accept(frame.clone());
            }
        }

        @Override
        public Append append(long sequence, byte[] frame, int size) {
            if (fenced && number != owner) {
                trace.note(Fault.APPEND_FENCED, shard, sequence);
                throw new EngineException(Severity.RETRY, "fenced: another owner has the log");
            }
            if (!healed && dice.chance(config.appendFaultChance() / 4)) {
                trace.note(Fault.APPEND_THROWN, shard, sequence);
                throw new EngineException(Severity.RETRY, "the log cannot be reached");
            }
            long latencyMicros = dice.between(1, config.syncMicrosMax());
            long notBeforeMicros = waiting.isEmpty() ? 0 : waiting.getLast().dueMicros;
            Waiting append = new Waiting(
                    Arrays.copyOf(frame, size),
                    Math.max(notBeforeMicros, clock.elapsedMicros() + latencyMicros),
                    draw());
            waiting.add(append);
            return append;
        }

        @Override
        public void close() {
            if (number == owner) {
                breakSession();
            }
        }
    }

    /** An append that is not settled yet. */
    private static final class Waiting implements Append {
        private final byte[] frame;
        private final long dueMicros;
        private final Fate fate;
        private State state = State.PENDING;
        private String failure = "";

        Waiting(byte[] frame, long dueMicros, Fate fate) {
            this.frame = frame;
            this.dueMicros = dueMicros;
            this.fate = fate;
        }

        void fail(String why) {
            state = State.FAILED;
            failure = why;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public String failure() {
            return failure;
        }
    }
}
