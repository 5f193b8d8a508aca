package io.mainstay.core.log;

import io.mainstay.core.domain.Domains;
import java.util.Map;

/**
 * Gives frames, and what snapshots keep of them, as the installed versions of the domains would have written them.
 *
 * <p>A version that no upcaster reaches throws {@link io.mainstay.core.EngineException} FATAL, which names it.
 */
public final class FrameUpcaster {
    private final Domains domains;

    public FrameUpcaster(Domains domains) {
        this.domains = domains;
    }

    /** The frame, whose header goes on to tell the versions that wrote it. */
    public LogFrame upcast(LogFrame frame) {
        Map<Integer, Integer> written = frame.header().domainVersions();
        if (domains.areInstalled(written)) {
            return frame;
        }
        return new LogFrame(
                frame.header(),
                frame.executed().stream().map(batch -> upcast(batch, written)).toList(),
                frame.entries().stream().map(entry -> upcast(entry, written)).toList(),
                frame.hash(),
                frame.size());
    }

    /**
     * An entry that was written by these versions.
     *
     * @param written version of each domain, by its number
     */
    public LogEntry upcast(LogEntry entry, Map<Integer, Integer> written) {
        return switch (entry) {
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes, var homes) ->
                new LoggedCommand(
                        key, domainId, expectedVersion, domains.upcastCommand(domainId, bytes, written), homes);
            case ReceivedMessage(var sender, var number, var domainId, var bytes) ->
                new ReceivedMessage(sender, number, domainId, domains.upcastCommand(domainId, bytes, written));
            case Acknowledgement acknowledgement -> acknowledgement;
            case TimePassed time -> time;
        };
    }

    /** An outcome that was written by these versions. */
    public LoggedOutcome upcast(LoggedOutcome outcome, Map<Integer, Integer> written) {
        if (!(outcome instanceof LoggedOutcome.Accepted(var version, var events, var messages, var skipped))) {
            return outcome;
        }
        return new LoggedOutcome.Accepted(
                version,
                events.stream().map(event -> upcast(event, written)).toList(),
                messages.stream().map(message -> upcast(message, written)).toList(),
                skipped);
    }

    /** A message that was written by these versions. */
    public SentMessage upcast(SentMessage message, Map<Integer, Integer> written) {
        return new SentMessage(
                message.receiver(),
                message.domainId(),
                domains.upcastCommand(message.domainId(), message.bytes(), written));
    }

    private LoggedEvent upcast(LoggedEvent event, Map<Integer, Integer> written) {
        return new LoggedEvent(event.domainId(), domains.upcastEvent(event.domainId(), event.bytes(), written));
    }

    private ExecutedBatch upcast(ExecutedBatch batch, Map<Integer, Integer> written) {
        return new ExecutedBatch(
                batch.firstOffset(),
                batch.timestampMicros(),
                batch.outcomes().stream()
                        .map(outcome -> upcast(outcome, written))
                        .toList());
    }
}
