package io.mainstay.core.replay;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.wire.WireReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks through a shard's log, archived and live, for what changed an aggregate: why it is as it is. */
public final class AggregateHistory {
    private final ShardLog log;
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final UUID aggregate;
    private final int countMax;
    private final ReplayProgress progress;
    private final ArrayDeque<LogEntry> open = new ArrayDeque<>();
    private final List<AggregateChange> changes = new ArrayList<>();
    private long openOffset = -1;

    /** @param countMax changes that are looked for */
    public AggregateHistory(ShardLog log, Domains domains, UUID aggregate, int countMax, ReplayProgress progress) {
        this.log = log;
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
        this.aggregate = aggregate;
        this.countMax = countMax;
        this.progress = progress;
    }

    /**
     * The first changes at or behind a point, oldest first. Those of the newest entries, whose outcomes are not in the log yet,
     * are left out. Throws {@link LogDamagedException}, and {@link EngineException} DEGRADED if the log is
     * not there from that point on.
     */
    public List<AggregateChange> from(LogPoint from) {
        if (from.offset() < log.begin().offset()) {
            throw new EngineException(Severity.DEGRADED, "no history from " + from + " on: " + log.missing());
        }
        log.walk(log.seek(from), (frame, size) -> {
            progress.reached(frame.header().nextOffset(), size);
            return read(upcaster.upcast(frame), from);
        });
        return changes;
    }

    private boolean read(LogFrame frame, LogPoint from) {
        for (ExecutedBatch batch : frame.executed()) {
            long offset = batch.firstOffset();
            for (LoggedOutcome outcome : batch.outcomes()) {
                LogEntry entry = take(offset);
                if (entry != null
                        && !from.isAfter(offset, batch.timestampMicros())
                        && outcome instanceof LoggedOutcome.Accepted accepted) {
                    add(offset, batch.timestampMicros(), entry, accepted);
                }
                offset++;
                if (changes.size() == countMax) {
                    return false;
                }
            }
        }
        if (open.isEmpty()) {
            openOffset = frame.header().firstOffset();
        }
        open.addAll(frame.entries());
        return true;
    }

    /** The entry at an offset; null if it lies before all that was read. */
    private @Nullable LogEntry take(long offset) {
        if (open.isEmpty() || offset < openOffset) {
            return null;
        }
        openOffset++;
        return open.remove();
    }

    private void add(long offset, long timestampMicros, LogEntry entry, LoggedOutcome.Accepted accepted) {
        List<Event> events = new ArrayList<>(accepted.events().size());
        boolean changed = false;
        for (LoggedEvent logged : accepted.events()) {
            Event event = domains.byId(logged.domainId()).events().decode(new WireReader(logged.bytes()));
            changed |= event.changes(aggregate);
            events.add(event);
        }
        if (changed) {
            changes.add(change(offset, timestampMicros, entry, events));
        }
    }

    private AggregateChange change(long offset, long timestampMicros, LogEntry entry, List<Event> events) {
        return switch (entry) {
            case LoggedCommand command ->
                new AggregateChange(
                        offset, timestampMicros, Optional.empty(), decode(command.domainId(), command.bytes()), events);
            case ReceivedMessage message ->
                new AggregateChange(
                        offset,
                        timestampMicros,
                        Optional.of(message.sender()),
                        decode(message.domainId(), message.bytes()),
                        events);
            case TimePassed time ->
                new AggregateChange(offset, timestampMicros, Optional.empty(), Optional.empty(), events);
            case Acknowledgement acknowledgement ->
                throw new IllegalStateException("an acknowledgement at offset " + offset + " has events");
        };
    }

    /** A saga's step is told as the command that it is about, which its domain shows and masks. */
    private Optional<Command> decode(int domainId, byte[] bytes) {
        Command command = domains.decode(domainId, bytes);
        return Optional.of(
                switch (command) {
                    case SagaCommand.Attempt attempt -> attempt.command().decode(domains);
                    case SagaCommand.Finish finish -> finish.command().decode(domains);
                    default -> command;
                });
    }
}
