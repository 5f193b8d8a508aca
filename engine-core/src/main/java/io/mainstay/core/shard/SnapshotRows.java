package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.route.Homes.Home;
import io.mainstay.core.shard.ShardReplay.Pending;
import io.mainstay.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the chunks of a snapshot hold, as records for people. */
final class SnapshotRows {
    private final Domains domains;

    SnapshotRows(Domains domains) {
        this.domains = domains;
    }

    /** An entry without an outcome. */
    record PendingCommand(long offset, long timestampMicros, UUID key, long expectedVersion, Command command) {}

    /** An entry without an outcome, some of whose aggregates live elsewhere. */
    record PendingSpanning(
            long offset, long timestampMicros, UUID key, long expectedVersion, List<Home> homes, Command command) {}

    /** An entry without an outcome. */
    record PendingMessage(long offset, long timestampMicros, int sender, long number, Command command) {}

    /** An entry without an outcome. */
    record PendingOther(long offset, long timestampMicros, LogEntry entry) {}

    /** A remembered key. */
    record Key(UUID key, long requestHash, long offset, long timestampMicros, Object outcome) {}

    /** The outcome of a remembered key. */
    record Accepted(long version, List<Event> events, List<Sent> messages, List<Skipped> skipped) {}

    /** A message of an outcome, or one that waits. */
    record Sent(int receiver, Command command) {}

    /** How far a sender's messages are executed. */
    record Received(int sender, long number) {}

    /** The messages to a shard. */
    record Outbox(int receiver, long first, List<Command> commands) {}

    List<?> pending(List<Pending> pending) {
        return pending.stream().map(this::pending).toList();
    }

    List<?> keys(WireReader in) {
        List<Key> rows = new ArrayList<>();
        while (in.remaining() > 0) {
            rows.add(new Key(
                    in.readUuid(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    outcome(LoggedOutcome.read(in, FrameHeader.FORMAT_VERSION))));
        }
        return rows;
    }

    List<?> mail(WireReader in) {
        Mail mail = new Mail();
        mail.decode(in, new SnapshotVersions(FrameHeader.FORMAT_VERSION, domains, domains.schemaVersions()));
        List<Object> rows = new ArrayList<>();
        mail.received().forEach((sender, number) -> rows.add(new Received(sender, number)));
        for (Mail.Outbox outbox : mail.outboxes()) {
            List<Command> commands = new ArrayList<>();
            for (long number = outbox.first(); number < outbox.next(); number++) {
                commands.add(sent(outbox.get(number).message()).command());
            }
            rows.add(new Outbox(outbox.receiver(), outbox.first(), commands));
        }
        return rows;
    }

    List<?> state(int domainId, WireReader in) {
        return domains.byId(domainId).states().rows(in);
    }

    private Object pending(Pending pending) {
        long offset = pending.offset();
        long micros = pending.timestampMicros();
        return switch (pending.entry()) {
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes, var homes) ->
                homes.elsewhere().isEmpty()
                        ? new PendingCommand(offset, micros, key, expectedVersion, domains.decode(domainId, bytes))
                        : new PendingSpanning(
                                offset,
                                micros,
                                key,
                                expectedVersion,
                                homes.elsewhere(),
                                domains.decode(domainId, bytes));
            case ReceivedMessage(var sender, var number, var domainId, var bytes) ->
                new PendingMessage(offset, micros, sender, number, domains.decode(domainId, bytes));
            case LogEntry other -> new PendingOther(offset, micros, other);
        };
    }

    private Object outcome(LoggedOutcome outcome) {
        return outcome instanceof LoggedOutcome.Accepted(var version, var events, var messages, var skipped)
                ? new Accepted(
                        version,
                        events.stream()
                                .<Event>map(event -> event(event.domainId(), event.bytes()))
                                .toList(),
                        messages.stream().map(this::sent).toList(),
                        skipped)
                : outcome;
    }

    private Event event(int domainId, byte[] bytes) {
        return domains.byId(domainId).events().decode(new WireReader(bytes));
    }

    private Sent sent(SentMessage message) {
        return new Sent(message.receiver(), domains.decode(message.domainId(), message.bytes()));
    }
}
