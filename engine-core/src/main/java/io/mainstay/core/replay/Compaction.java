package io.mainstay.core.replay;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.LoggedOutcome.Accepted;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.route.Route;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps, of the commands of a range, the latest accepted one of each aggregate. Takes as much memory as that is.
 *
 * <p>A command about two aggregates stays as long as it is the latest of one of them.
 */
public final class Compaction {
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final Map<UUID, CompactedCommand> latest = new HashMap<>();
    private final ArrayDeque<OpenEntry> open = new ArrayDeque<>();

    /** {@code domains} read the commands, to know which aggregates they are about. */
    public Compaction(Domains domains) {
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
    }

    /** Takes what an earlier compaction has left, before any frame, in its order. */
    public void add(CompactedCommand earlier) {
        earlier.aggregates().forEach(aggregate -> latest.merge(aggregate, earlier, Compaction::later));
    }

    /** Takes what an earlier compaction has left open, before any frame, in its order. */
    public void add(OpenEntry earlier) {
        open.add(earlier);
    }

    /** Takes the next frame of the shard's history, and keeps it as the installed versions of the domains write. */
    public void add(LogFrame written) {
        LogFrame frame = upcaster.upcast(written);
        frame.executed().forEach(this::execute);
        long offset = frame.header().firstOffset();
        for (LogEntry entry : frame.entries()) {
            open.add(new OpenEntry(offset++, frame.header().timestampMicros(), entry));
        }
    }

    /** What stays, in the order of the offsets. */
    public List<CompactedCommand> latest() {
        return latest.values().stream()
                .distinct()
                .sorted(Comparator.comparingLong(CompactedCommand::offset))
                .toList();
    }

    /** Entries whose outcomes are not in the range, in the order of the offsets. */
    public List<OpenEntry> open() {
        return List.copyOf(open);
    }

    private void execute(ExecutedBatch batch) {
        long offset = batch.firstOffset();
        for (LoggedOutcome outcome : batch.outcomes()) {
            OpenEntry command = open.poll();
            if (command == null || command.offset() != offset) {
                throw new IllegalStateException("an outcome for offset " + offset + " has no command");
            }
            if (outcome instanceof Accepted accepted) {
                add(new CompactedCommand(offset, command.timestampMicros(), aggregatesOf(command.entry()), accepted));
            }
            offset++;
        }
    }

    private List<UUID> aggregatesOf(LogEntry entry) {
        return switch (entry) {
            case LoggedCommand command ->
                aggregatesOf(domains.decode(command.domainId(), command.bytes()).route());
            case ReceivedMessage message ->
                aggregatesOf(domains.decode(message.domainId(), message.bytes()).route());
            case Acknowledgement acknowledgement -> List.of();
            case TimePassed time -> List.of();
        };
    }

    private static List<UUID> aggregatesOf(Route route) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) -> List.of(aggregate);
            case Route.Existing(var aggregates) -> aggregates;
            case Route.Spanning(var aggregates) -> aggregates;
            case Route.Unlisted(var aggregate) -> List.of(aggregate);
            case Route.Several(var routes) ->
                routes.stream()
                        .map(Compaction::aggregatesOf)
                        .flatMap(List::stream)
                        .distinct()
                        .toList();
        };
    }

    private static CompactedCommand later(CompactedCommand one, CompactedCommand other) {
        return one.offset() > other.offset() ? one : other;
    }
}
