package io.mainstay.core.shard;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Submission.AcknowledgementSubmission;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.HashSubmission;
import io.mainstay.core.shard.Submission.Loggable;
import io.mainstay.core.shard.Submission.MessageSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.core.shard.Submission.StateAt;
import io.mainstay.core.shard.Submission.TimeSubmission;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One shard: sequences commands, appends them to its log, executes them once they are durable, and answers.
 *
 * <p>Owned by one thread, which calls {@link #recover} once and then {@link #poll} again and again. After an exception
 * the shard is of no use any more: {@link #abandon} it and recover a new one from the log.
 */
public final class Shard {
    private static final int TOUCHED_AT_ONCE = 16;
    private static final int RETRY_AFTER_MILLIS = 1000;

    private final int shard;
    private final ShardConfig config;
    private final WriteAheadLog log;
    private final EngineClock clock;
    private final TenantLines mailbox;
    private final SnapshotStore snapshots;
    private final Domains domains;
    private final Map<Integer, Integer> domainVersions;
    private final KnownIds aggregates;
    private final Peers peers;
    private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();
    private final OutcomeBuffer outcomes = new OutcomeBuffer();
    private final WireWriter entryBytes;
    /** Taken from the mailbox for the next frame, and written to {@link #entryBytes}. */
    private List<Loggable> gathered = new ArrayList<>();

    /** A caller who was told that a saga began, and waits for its end. */
    private record Waiting(Reply reply, Outcome.Begun begun) {}

    private ShardMemory memory;
    private Mailroom mailroom;
    private FrameWriter frames;
    private int epoch;
    private long nextSequence;
    private long nextOffset;
    /** Entries below this offset survive a crash. */
    private long durableBefore;
    /** Written by the shard's thread before a command is answered, read by any. */
    private final AtomicLong executedBefore = new AtomicLong();

    private long lastTimestampMicros;
    /** Callers whose commands began sagas, by the sagas' numbers. */
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    private final Alarms alarms = new Alarms();

    /** Of no meaning: written so that the reading before it is not optimized away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /**
     * Makes a shard that has to be recovered before use.
     *
     * @param snapshots where recovery begins
     * @param mailbox bounded, filled by any thread, emptied by this shard
     * @param aggregates told which aggregates this shard holds
     * @param peers the way to the other shards
     */
    public Shard(
            int shard,
            ShardConfig config,
            Domains domains,
            WriteAheadLog log,
            SnapshotStore snapshots,
            EngineClock clock,
            Queue<Submission> mailbox,
            KnownIds aggregates,
            Peers peers) {
        this.shard = shard;
        this.config = config;
        this.log = log;
        this.clock = clock;
        this.mailbox = new TenantLines(mailbox, config.batches().tenantCountMax());
        this.snapshots = snapshots;
        this.domains = domains;
        this.domainVersions = domains.schemaVersions();
        this.aggregates = aggregates;
        this.peers = peers;
        this.memory = new ShardMemory(shard, domains, config);
        this.mailroom = new Mailroom(shard, config, memory.mail(), peers, clock);
        this.entryBytes = new WireWriter(config.batches().bytesMax());
        this.frames = new FrameWriter(2 * config.batches().bytesMax(), LogPosition.START.hash());
    }

    /** Takes the log over, builds the memory from snapshot and log, decides the tail again, and starts a new epoch. */
    public Recovery recover() {
        ShardRestore restored =
                ShardRestore.newest(shard, snapshots, () -> new ShardMemory(shard, domains, config), domains);
        ShardReplay replay = restored.replay();
        memory = restored.memory();
        mailroom = new Mailroom(shard, config, memory.mail(), peers, clock);
        long snapshotExecutedBefore = replay.executedBefore();
        log.recover(replay::read);
        replay.end();
        replay.checkTail(config.tailsAllowed());
        LogPosition end = replay.position();
        frames = new FrameWriter(
                2 * config.batches().bytesMax(), end.hash(), config.formats().payloads());
        epoch = replay.highestEpoch() + 1;
        nextSequence = end.sequence();
        nextOffset = end.offset();
        durableBefore = end.offset();
        lastTimestampMicros = replay.lastTimestampMicros();
        executedBefore.setRelease(replay.executedBefore());
        long tail = replay.pending().size();
        decideTail(replay.pending());
        Invariants.check(
                executedBefore() == nextOffset, "executed up to %d of %d after recovery", executedBefore(), nextOffset);
        memory.announceTo(aggregates);
        append(List.of());
        return new Recovery(
                restored.snapshot(), nextOffset - tail - snapshotExecutedBefore, tail, restored.complaints());
    }

    /** Does what can be done now, without waiting; returns false if there was nothing. */
    public boolean poll() {
        boolean executed = executeDurable();
        boolean delivered = mailroom.deliver(durableBefore);
        boolean gatheredSome = gather();
        boolean noticed = noticeTime();
        boolean appended = appendNext();
        return executed || delivered || gatheredSome || noticed || appended;
    }

    /** True if nothing waits and nothing is in flight: every outcome is in the log. */
    public boolean isIdle() {
        return mailbox.isEmpty() && gathered.isEmpty() && inFlight.isEmpty() && outcomes.isEmpty(Long.MAX_VALUE);
    }

    /**
     * Answers everything that is in flight and was not answered with {@link Outcome.Unknown}, what was taken and not
     * appended with {@link Outcome.Unavailable}, and whose saga has not ended with {@link Outcome.Begun}; the log is closed by
     * its owner.
     */
    public void abandon(String reason) {
        for (Batch batch : inFlight) {
            long answered = Math.max(0, executedBefore.getPlain() - batch.firstOffset());
            for (Loggable entry : batch.entries()
                    .subList(
                            (int) Math.min(answered, batch.entries().size()),
                            batch.entries().size())) {
                if (entry instanceof CommandSubmission command) {
                    command.reply().accept(new Outcome.Unknown(shard, reason));
                }
            }
        }
        inFlight.clear();
        for (Loggable entry : gathered) {
            if (entry instanceof CommandSubmission command) {
                command.reply().accept(new Outcome.Unavailable(shard, reason, RETRY_AFTER_MILLIS));
            }
        }
        gathered = List.of();
        for (Submission left = mailbox.abandon(); left != null; left = mailbox.abandon()) {
            left.refuse(new Outcome.Unavailable(shard, reason, RETRY_AFTER_MILLIS));
        }
        waiting.values().forEach(caller -> caller.reply().accept(caller.begun()));
        waiting.clear();
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

    /** Submissions taken from the mailbox that wait for a place in a frame. May be asked by any thread. */
    public int waitingCount() {
        return mailbox.waitingCount();
    }

    /** How many aggregates each tenant has here. */
    public Map<String, Long> stored() {
        Map<String, Long> counts = new TreeMap<>();
        memory.state()
                .domains()
                .forEach(domain -> domain.aggregates((tenant, id) -> counts.merge(tenant, 1L, Long::sum)));
        return counts;
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
            for (ShardReplay.Pending entry : batch) {
                Invariants.check(
                        entry.offset() == executedBefore.getPlain(),
                        "tail offset %d after %d",
                        entry.offset(),
                        executedBefore.getPlain());
                memory.executeAgain(entry, outcomes.out());
                executedBefore.setRelease(executedBefore.getPlain() + 1);
            }
            outcomes.end();
            memory.retain(timestampMicros);
        }
    }

    /** Executes what is durable, and as much ahead of that as the durability policy lets it. */
    private boolean executeDurable() {
        boolean worked = false;
        for (Batch batch = inFlight.peek(); batch != null; batch = inFlight.peek()) {
            Append.State state = batch.append().state();
            if (state == Append.State.PENDING) {
                break;
            }
            if (state == Append.State.FAILED) {
                throw new EngineException(
                        EngineException.Severity.RETRY,
                        "append at offset " + batch.firstOffset() + " failed: "
                                + batch.append().failure());
            }
            durableBefore = batch.nextOffset();
            if (batch.nextOffset() > executedBefore.getPlain()) {
                execute(batch);
            }
            inFlight.remove();
            worked = true;
        }
        return config.durability() instanceof Async async ? executeAhead(async) || worked : worked;
    }

    /** What was answered and is not durable stays within the bounds: the shard rather waits. */
    private boolean executeAhead(Async bounds) {
        boolean worked = false;
        for (Batch batch : inFlight) {
            if (clock.nowMicros() - batch.timestampMicros() > bounds.microsMax()) {
                break;
            }
            if (batch.nextOffset() <= executedBefore.getPlain()) {
                continue;
            }
            if (batch.nextOffset() - durableBefore > bounds.countMax()
                    || batch.append().state() == Append.State.FAILED) {
                break;
            }
            execute(batch);
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
        if (batch.entries().isEmpty()) {
            return;
        }
        outcomes.begin(batch.firstOffset(), batch.entries().size(), batch.timestampMicros());
        List<Loggable> entries = batch.entries();
        for (int index = 0; index < entries.size(); index++) {
            if (index % TOUCHED_AT_ONCE == 0) {
                touch(entries, index);
            }
            execute(entries.get(index), executedBefore.getPlain(), batch.timestampMicros());
        }
        outcomes.end();
        memory.retain(batch.timestampMicros());
    }

    /** Hot: the memory of a busy shard is larger than the caches; waiting for it once a group is a sixth less time. */
    private void touch(List<Loggable> entries, int from) {
        for (int index = from; index < Math.min(from + TOUCHED_AT_ONCE, entries.size()); index++) {
            if (entries.get(index) instanceof CommandSubmission command) {
                touched ^= memory.touch(command.command(), command.logged());
            }
        }
    }

    /** Hot: one call per entry. A command counts as executed before it is answered. */
    private void execute(Loggable entry, long offset, long timestampMicros) {
        switch (entry) {
            case CommandSubmission(var command, var logged, var requestHash, var reply) -> {
                Outcome answer = memory.execute(offset, timestampMicros, command, logged, requestHash, outcomes.out());
                executedBefore.setRelease(offset + 1);
                if (answer instanceof Outcome.Begun begun && !begun.repeated()) {
                    waiting.put(offset, new Waiting(reply, begun));
                    reply.begun(begun);
                } else {
                    reply.accept(answer);
                }
            }
            case MessageSubmission(var message) -> {
                memory.execute(offset, timestampMicros, message, outcomes.out());
                executedBefore.setRelease(offset + 1);
                mailroom.executed(message, offset);
                answerEnded();
            }
            case AcknowledgementSubmission(var acknowledgement) -> {
                memory.execute(acknowledgement, outcomes.out());
                executedBefore.setRelease(offset + 1);
            }
            case TimeSubmission(var time) -> {
                boolean done = memory.execute(offset, timestampMicros, time, outcomes.out());
                alarms.executed(time.domainId(), done, timestampMicros);
                executedBefore.setRelease(offset + 1);
                answerEnded();
            }
        }
    }

    /** Answers the callers whose sagas the last entry has ended. */
    private void answerEnded() {
        for (SagaEvent.Ended ended : memory.settle()) {
            Waiting caller = waiting.remove(ended.saga());
            if (caller != null) {
                Outcome.Begun begun = caller.begun();
                caller.reply()
                        .accept(ended.refusal().<Outcome>map(begun::rejected).orElseGet(begun::accepted));
            }
        }
    }

    /** Has the time put into the log for each domain of which something is due. */
    private boolean noticeTime() {
        boolean noticed = false;
        for (DomainState<?, ?, ?> domain : memory.state().domains()) {
            long dueMicros = domain.dueMicros();
            if (dueMicros != StateMachine.NEVER
                    && gathered.size() < config.frameCountMax()
                    && alarms.rings(domain.id(), dueMicros, Math.max(lastTimestampMicros, clock.nowMicros()))) {
                gather(new TimeSubmission(new TimePassed(domain.id())));
                noticed = true;
            }
        }
        return noticed;
    }

    /**
     * Appends what was gathered: at once if nothing is in flight, or if another tenant fills what is, else only if it is
     * worth a frame of its own, since what is in flight will soon be durable. Outcomes alone only when nothing else is under way that could carry them.
     */
    private boolean appendNext() {
        boolean worthIt = inFlight.isEmpty()
                || (mailbox.isUrgent() && 2 * inFlight.size() <= config.framesInFlightMax())
                || gathered.size() >= Math.min(config.batches().pipelineCountMin(), config.frameCountMax())
                || entryBytes.size() >= config.batches().bytesMax();
        boolean anything = !gathered.isEmpty() || (inFlight.isEmpty() && !outcomes.isEmpty(durableBefore));
        if (!worthIt || !anything || inFlight.size() >= config.framesInFlightMax()) {
            return false;
        }
        List<Loggable> entries = gathered;
        gathered = new ArrayList<>();
        append(entries);
        return true;
    }

    /** Takes from the mailbox what fits into the next frame; reads and hasty repetitions are answered on the spot. */
    private boolean gather() {
        boolean worked = false;
        if (gathered.isEmpty()) {
            mailbox.beginFrame(clock.nowMicros());
        }
        while (gathered.size() < config.frameCountMax()
                && entryBytes.size() < config.batches().bytesMax()) {
            Submission next = mailbox.next();
            if (next == null) {
                break;
            }
            worked = true;
            switch (next) {
                case ReadSubmission read -> read.reader().read(memory.state(), executedBefore.getPlain());
                case HashSubmission question ->
                    question.reply().accept(new StateAt(executedBefore(), StateHash.of(memory, executedBefore())));
                case CommandSubmission command -> {
                    Outcome remembered = memory.recallRecent(command.logged(), command.requestHash());
                    if (remembered != null) {
                        command.reply().accept(remembered);
                    } else {
                        gather(command);
                    }
                }
                case MessageSubmission message -> {
                    if (mailroom.takes(message.logged())) {
                        gather(message);
                    }
                }
                case AcknowledgementSubmission acknowledgement -> {
                    if (mailroom.takes(acknowledgement.logged())) {
                        gather(acknowledgement);
                    }
                }
                case TimeSubmission time -> throw new IllegalArgumentException("the shard alone notes the time");
            }
        }
        return worked;
    }

    private void gather(Loggable entry) {
        entry.logged().write(entryBytes);
        gathered.add(entry);
    }

    private void append(List<Loggable> entries) {
        lastTimestampMicros = Math.max(lastTimestampMicros, clock.nowMicros());
        FrameHeader header = new FrameHeader(
                shard,
                epoch,
                nextSequence,
                nextOffset,
                entries.size(),
                lastTimestampMicros,
                Math.min(executedBefore.getPlain(), durableBefore),
                domainVersions,
                frames.previousHash());
        int batches = outcomes.take(2 * config.batches().bytesMax(), durableBefore);
        frames.write(header, batches, outcomes.out().array(), outcomes.from(), outcomes.to(), entryBytes);
        outcomes.release();
        entryBytes.clear();
        Append append;
        try {
            append = log.append(nextSequence, frames.bytes(), frames.size());
        } catch (EngineException refused) {
            inFlight.add(new Batch(new RefusedAppend(refused), nextOffset, lastTimestampMicros, entries));
            throw refused;
        }
        inFlight.add(new Batch(append, nextOffset, lastTimestampMicros, entries));
        nextSequence++;
        nextOffset += entries.size();
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
