package io.mainstay.core.replay;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.LoggedOutcome.Accepted;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.WireReader;
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
    private final Map<UUID, CompactedCommand> latest = new HashMap<>();
    private final ArrayDeque<OpenCommand> open = new ArrayDeque<>();

    /** {@code domains} read the commands, to know which aggregates they are about. */
    public Compaction(Domains domains) {
        this.domains = domains;
    }

    /** Takes what an earlier compaction has left, before any frame, in its order. */
    public void add(CompactedCommand earlier) {
        earlier.aggregates().forEach(aggregate -> latest.merge(aggregate, earlier, Compaction::later));
    }

    /** Takes what an earlier compaction has left open, before any frame, in its order. */
    public void add(OpenCommand earlier) {
        open.add(earlier);
    }

    /** Takes the next frame of the shard's history. */
    public void add(LogFrame frame) {
        frame.executed().forEach(this::execute);
        long offset = frame.header().firstOffset();
        for (LoggedCommand command : frame.commands()) {
            open.add(new OpenCommand(offset++, frame.header().timestampMicros(), command));
        }
    }

    /** What stays, in the order of the offsets. */
    public List<CompactedCommand> latest() {
        return latest.values().stream()
                .distinct()
                .sorted(Comparator.comparingLong(CompactedCommand::offset))
                .toList();
    }

    /** Commands whose outcomes are not in the range, in the order of the offsets. */
    public List<OpenCommand> open() {
        return List.copyOf(open);
    }

    private void execute(ExecutedBatch batch) {
        long offset = batch.firstOffset();
        for (LoggedOutcome outcome : batch.outcomes()) {
            OpenCommand command = open.poll();
            if (command == null || command.offset() != offset) {
                throw new IllegalStateException("an outcome for offset " + offset + " has no command");
            }
            if (outcome instanceof Accepted accepted) {
                add(new CompactedCommand(offset, command.timestampMicros(), aggregatesOf(command.logged()), accepted));
            }
            offset++;
        }
    }

    private List<UUID> aggregatesOf(LoggedCommand logged) {
        Domain<?, ?, ?> domain = domains.byId(logged.domainId());
        Command command = domain.commands().decode(new WireReader(logged.bytes()));
        return switch (command.route()) {
            case Route.Creating(var key, var aggregate) -> List.of(aggregate);
            case Route.Existing(var aggregates) -> aggregates;
        };
    }

    private static CompactedCommand later(CompactedCommand one, CompactedCommand other) {
        return one.offset() > other.offset() ? one : other;
    }
}
