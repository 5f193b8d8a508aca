package io.mainstay.core.shard;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One shard: sequences commands, appends them to its log, executes them once they are durable, and answers.
 *
 * <p>Owned by one thread, which calls {@link #recover} once and then {@link #poll} again and again. After an exception
 * the shard is of no use any more: {@link #abandon} it and recover a new one from the log.
 */
public final class Shard {
    private final int shard;
    private final ShardConfig config;
    private final WriteAheadLog log;
    private final EngineClock clock;
    private final Queue<Submission> mailbox;
    private final SnapshotStore snapshots;
    private final Supplier<ShardMemory> memories;
    private final Map<Integer, Integer> domainVersions;
    private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();
    private final OutcomeBuffer outcomes = new OutcomeBuffer();
    private final WireWriter commandBytes;

    private ShardMemory memory;
    private FrameWriter frames;
    private int epoch;
    private long nextSequence;
    private long nextOffset;
    /** Written by the shard's thread before a command is answered, read by any. */
    private final AtomicLong executedBefore = new AtomicLong();

    private long lastTimestampMicros;

    /**
     * Makes a shard that has to be recovered before use.
     *
     * @param snapshots where recovery begins
     * @param mailbox bounded, filled by any thread, emptied by this shard
     * @param aggregates told which aggregates this shard holds
     */
    public Shard(
            int shard,
            ShardConfig config,
            Domains domains,
            WriteAheadLog log,
            SnapshotStore snapshots,
            EngineClock clock,
            Queue<Submission> mailbox,
            KnownIds aggregates) {
        this.shard = shard;
        this.config = config;
        this.log = log;
        this.clock = clock;
        this.mailbox = mailbox;
        this.snapshots = snapshots;
        this.memories = () -> new ShardMemory(shard, domains, config, aggregates);
        this.memory = memories.get();
        this.domainVersions = domains.schemaVersions();
        this.commandBytes = new WireWriter(config.batchBytesMax());
        this.frames = new FrameWriter(2 * config.batchBytesMax(), LogPosition.START.hash());
    }

    /** Takes the log over, builds the memory from snapshot and log, decides the tail again, and starts a new epoch. */
    public Recovery recover() {
        ShardRestore restored = ShardRestore.newest(shard, snapshots, memories, domainVersions);
        ShardReplay replay = restored.replay();
        memory = restored.memory();
        long snapshotExecutedBefore = replay.executedBefore();
        log.recover(replay::read);
        replay.end();
        replay.checkTail();
        LogPosition end = replay.position();
        frames = new FrameWriter(2 * config.batchBytesMax(), end.hash());
        epoch = replay.highestEpoch() + 1;
        nextSequence = end.sequence();
        nextOffset = end.offset();
        lastTimestampMicros = replay.lastTimestampMicros();
        executedBefore.setRelease(replay.executedBefore());
        long tail = replay.pending().size();
        decideTail(replay.pending());
        Invariants.check(
                executedBefore() == nextOffset, "executed up to %d of %d after recovery", executedBefore(), nextOffset);
        memory.announce();
        append(List.of());
        return new Recovery(
                restored.snapshot(), nextOffset - tail - snapshotExecutedBefore, tail, restored.complaints());
    }

    /** Does what can be done now, without waiting; returns false if there was nothing. */
    public boolean poll() {
        boolean executed = executeDurable();
        boolean appended = inFlight.size() < config.inFlightMax() && appendNext();
        return executed || appended;
    }

    /** True if nothing waits and nothing is in flight: every outcome is in the log. */
    public boolean isIdle() {
        return mailbox.isEmpty() && inFlight.isEmpty() && outcomes.isEmpty();
    }

    /**
     * Answers everything that is in flight and was not answered yet with {@link Outcome.Unknown}; the log is closed by
     * its owner.
     */
    public void abandon(String reason) {
        for (Batch batch : inFlight) {
            long answered = Math.max(0, executedBefore.getPlain() - batch.firstOffset());
            batch.commands().stream()
                    .skip(answered)
                    .forEach(command -> command.reply().accept(new Outcome.Unknown(shard, reason)));
        }
        inFlight.clear();
    }

    public int epoch() {
        return epoch;
    }

    /**
     * The offset of the next command to be executed: what readers see lies below it, and so does every command that was
     * answered. May be asked by any thread.
     */
    public long executedBefore() {
        return executedBefore.getAcquire();
    }

    public int inFlightCount() {
        return inFlight.size();
    }

    private void decideTail(ArrayDeque<ShardReplay.Pending> pending) {
        while (!pending.isEmpty()) {
            long frame = pending.element().frame();
            long timestampMicros = pending.element().timestampMicros();
            List<ShardReplay.Pending> batch = new ArrayList<>();
            while (!pending.isEmpty() && pending.element().frame() == frame) {
                batch.add(pending.remove());
            }
            outcomes.begin(batch.get(0).offset(), batch.size(), timestampMicros);
            for (ShardReplay.Pending command : batch) {
                Invariants.check(
                        command.offset() == executedBefore.getPlain(),
                        "tail offset %d after %d",
                        command.offset(),
                        executedBefore.getPlain());
                outcomes.add(memory.executeAgain(command).logged());
                executedBefore.setRelease(executedBefore.getPlain() + 1);
            }
            outcomes.end();
            memory.retain(timestampMicros);
        }
    }

    private boolean executeDurable() {
        boolean worked = false;
        for (Batch batch = inFlight.peek(); batch != null; batch = inFlight.peek()) {
            Append.State state = batch.append().state();
            if (state == Append.State.PENDING) {
                return worked;
            }
            if (state == Append.State.FAILED) {
                throw new EngineException(
                        EngineException.Severity.RETRY,
                        "append at offset " + batch.firstOffset() + " failed: "
                                + batch.append().failure());
            }
            execute(batch);
            inFlight.remove();
            worked = true;
        }
        return worked;
    }

    private void execute(Batch batch) {
        Invariants.check(
                batch.firstOffset() == executedBefore.getPlain(),
                "batch at %d after %d",
                batch.firstOffset(),
                executedBefore.getPlain());
        if (batch.commands().isEmpty()) {
            return;
        }
        outcomes.begin(batch.firstOffset(), batch.commands().size(), batch.timestampMicros());
        for (CommandSubmission submission : batch.commands()) {
            ShardMemory.Executed executed = memory.execute(
                    executedBefore.getPlain(),
                    batch.timestampMicros(),
                    submission.command(),
                    submission.logged(),
                    submission.requestHash());
            outcomes.add(executed.logged());
            executedBefore.setRelease(executedBefore.getPlain() + 1);
            submission.reply().accept(executed.answer());
        }
        outcomes.end();
        memory.retain(batch.timestampMicros());
    }

    /** Appends what waits; outcomes alone only when nothing else is under way that could carry them. */
    private boolean appendNext() {
        List<CommandSubmission> commands = sequence();
        if (commands.isEmpty() && (outcomes.isEmpty() || !inFlight.isEmpty())) {
            return false;
        }
        append(commands);
        return true;
    }

    /** Empties the mailbox into a batch; reads and repeated commands are answered on the spot. */
    private List<CommandSubmission> sequence() {
        commandBytes.clear();
        List<CommandSubmission> commands = new ArrayList<>();
        while (commands.size() < config.batchCountMax() && commandBytes.size() < config.batchBytesMax()) {
            Submission next = mailbox.poll();
            if (next == null) {
                break;
            }
            switch (next) {
                case ReadSubmission read -> read.reader().read(memory.state(), executedBefore.getPlain());
                case CommandSubmission command -> {
                    Outcome remembered = memory.recall(command.logged().key(), command.requestHash());
                    if (remembered != null) {
                        command.reply().accept(remembered);
                    } else {
                        FrameWriter.writeCommand(commandBytes, command.logged());
                        commands.add(command);
                    }
                }
            }
        }
        return commands;
    }

    private void append(List<CommandSubmission> commands) {
        if (commands.isEmpty()) {
            commandBytes.clear();
        }
        lastTimestampMicros = Math.max(lastTimestampMicros, clock.nowMicros());
        FrameHeader header = new FrameHeader(
                0,
                shard,
                epoch,
                nextSequence,
                nextOffset,
                commands.size(),
                lastTimestampMicros,
                domainVersions,
                frames.previousHash());
        frames.write(header, outcomes.take(2 * config.batchBytesMax()), commandBytes);
        Append append;
        try {
            append = log.append(nextSequence, frames.bytes(), frames.size());
        } catch (EngineException refused) {
            inFlight.add(new Batch(new RefusedAppend(refused), nextOffset, lastTimestampMicros, commands));
            throw refused;
        }
        inFlight.add(new Batch(append, nextOffset, lastTimestampMicros, commands));
        nextSequence++;
        nextOffset += commands.size();
    }

    /** Stands for an append that never started, so that its commands are answered with the others in flight. */
    private record RefusedAppend(EngineException cause) implements Append {
        @Override
        public State state() {
            return State.FAILED;
        }

        @Override
        public String failure() {
            return String.valueOf(cause.getMessage());
        }
    }
}
