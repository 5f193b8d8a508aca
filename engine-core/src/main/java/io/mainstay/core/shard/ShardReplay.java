package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.wire.WireException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;

/**
 * Builds a shard's state from the frames of its log: applies the outcomes that are there, and keeps the commands whose
 * outcomes are not, for the shard to decide again.
 */
final class ShardReplay {
    private final ShardMemory memory;
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final Map<Integer, Integer> domainVersions;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private LogPosition position = LogPosition.START;
    private long executedBefore;
    private long lastTimestampMicros;
    private long gapAnsweredBefore;
    private int orphans;
    private int highestEpoch;
    private LogPoint limit = LogPoint.END;
    private boolean limited;

    ShardReplay(ShardMemory memory, Domains domains) {
        this.memory = memory;
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
        this.domainVersions = domains.schemaVersions();
    }

    /** Goes on behind a snapshot. */
    void beginAt(LogPosition snapshotPosition, long snapshotExecutedBefore, long snapshotTimestampMicros) {
        position = snapshotPosition;
        executedBefore = snapshotExecutedBefore;
        lastTimestampMicros = snapshotTimestampMicros;
    }

    /** Applies no outcome behind this point. */
    void stopAt(LogPoint point) {
        limit = point;
    }

    /** True once an outcome behind the limit was met: there is no use in reading on. */
    boolean isLimited() {
        return limited;
    }

    Map<Integer, Integer> domainVersions() {
        return domainVersions;
    }

    /** Takes the next frame of the log. */
    void read(byte[] bytes) {
        LogFrame frame;
        try {
            frame = LogFrame.parse(bytes);
        } catch (WireException | IllegalArgumentException damage) {
            throw damaged(damage.toString());
        }
        read(frame);
    }

    /** Takes the next frame of the log, checked before. */
    void read(LogFrame frame) {
        highestEpoch = Math.max(highestEpoch, frame.header().epoch());
        switch (position.judge(frame)) {
            case NEXT -> accept(upcaster.upcast(frame));
            case STALE -> orphans++;
            case GAP -> {
                orphans++;
                gapAnsweredBefore = Math.max(gapAnsweredBefore, frame.answeredBefore());
            }
            case BROKEN -> throw damaged("frame " + frame.header().sequence() + " does not follow the frame before");
        }
    }

    /**
     * Checks the whole after the last frame. Frames behind a missing one are the unanswered tail of a failed append,
     * unless one of them tells an outcome of the missing commands: then an answered command is lost.
     */
    void end() {
        if (gapAnsweredBefore > position.offset()) {
            throw damaged("commands up to offset " + (gapAnsweredBefore - 1) + " were answered and are missing");
        }
    }

    /** Commands without an outcome in the log, oldest first. */
    ArrayDeque<Pending> pending() {
        return pending;
    }

    LogPosition position() {
        return position;
    }

    long executedBefore() {
        return executedBefore;
    }

    long lastTimestampMicros() {
        return lastTimestampMicros;
    }

    /** The highest epoch of any frame, orphans included: a new owner's is above it. */
    int highestEpoch() {
        return Math.max(highestEpoch, position.epoch());
    }

    /** Frames skipped because they were never part of the shard's history. */
    int orphans() {
        return orphans;
    }

    private void accept(LogFrame frame) {
        for (ExecutedBatch batch : frame.executed()) {
            apply(batch);
        }
        long offset = frame.header().firstOffset();
        for (LogEntry entry : frame.entries()) {
            pending.add(new Pending(
                    position.sequence(),
                    offset++,
                    frame.header().timestampMicros(),
                    frame.header().domainVersions(),
                    entry));
        }
        lastTimestampMicros = Math.max(lastTimestampMicros, frame.header().timestampMicros());
        position = position.after(frame);
    }

    private void apply(ExecutedBatch batch) {
        long offset = batch.firstOffset();
        for (LoggedOutcome outcome : batch.outcomes()) {
            if (limited || !limit.isAfter(offset, batch.timestampMicros())) {
                limited = true;
                return;
            }
            Pending command = pending.poll();
            if (command == null || command.offset() != offset) {
                throw damaged("an outcome for offset " + offset + " has no command");
            }
            memory.replay(command, outcome);
            offset++;
            executedBefore = offset;
        }
        memory.retain(batch.timestampMicros());
    }

    /**
     * Refuses a tail that another version of a domain has written, unless it is allowed by name: it might decide otherwise
     * than was answered.
     */
    void checkTail(Set<String> allowed) {
        for (Pending command : pending) {
            switch (command.entry()) {
                case LoggedCommand logged -> checkVersions(command, logged.domainId(), allowed);
                case ReceivedMessage message -> checkVersions(command, message.domainId(), allowed);
                case Acknowledgement acknowledgement -> {}
                case TimePassed(var domainId) -> checkVersions(command, domainId, allowed);
            }
        }
    }

    private void checkVersions(Pending command, int domainId, Set<String> allowed) {
        if (domainId == CommandGroup.DOMAIN_ID || domainId == SagaDomain.ID) {
            command.domainVersions().keySet().forEach(id -> checkVersion(command, id, allowed));
        } else {
            checkVersion(command, domainId, allowed);
        }
    }

    private void checkVersion(Pending command, int domainId, Set<String> allowed) {
        Integer written = command.domainVersions().get(domainId);
        Integer installed = domainVersions.get(domainId);
        if (written != null && written.equals(installed)) {
            return;
        }
        String name = domains.all().stream()
                        .filter(domain -> domain.id() == domainId)
                        .map(Domain::name)
                        .findFirst()
                        .orElse(String.valueOf(domainId))
                + "@" + written;
        if (installed == null || !allowed.contains(name)) {
            throw new EngineException(
                    EngineException.Severity.FATAL,
                    "the log's tail at offset %d was written by version %s of domain %d, installed is %s: start the version that wrote it once, and stop it in order; or allow the tail %s"
                            .formatted(command.offset(), written, domainId, installed, name));
        }
    }

    private EngineException damaged(String what) {
        return new EngineException(
                EngineException.Severity.FATAL,
                "log damaged at offset " + position.offset() + ", frame " + position.sequence() + ": " + what);
    }

    /** An entry read back, with the sequence, the time and the domains of its frame. */
    record Pending(
            long frame, long offset, long timestampMicros, Map<Integer, Integer> domainVersions, LogEntry entry) {}
}
