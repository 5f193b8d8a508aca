package io.mainstay.codec;

import static io.mainstay.codec.JsonView.JSON;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogPayload;
import io.mainstay.core.log.LogSerializer;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Payloads of log frames as lines of JSON, for people: a line for each executed batch, followed by one for each of its
 * outcomes; then a line for each entry.
 */
public final class JsonLog implements LogSerializer {
    private static final String EXECUTED = "executed";

    private final JsonOutcomes outcomes;
    private final JsonEntries entries;

    /** With the domains that are installed beside it. */
    public JsonLog() {
        this(Domains.load(JsonLog.class.getClassLoader()));
    }

    public JsonLog(Domains domains) {
        DomainText text = new DomainText(domains);
        this.outcomes = new JsonOutcomes(text);
        this.entries = new JsonEntries(text);
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public byte[] write(FrameHeader header, LogPayload payload) {
        StringBuilder lines = new StringBuilder();
        for (ExecutedBatch batch : payload.executed()) {
            JsonObjectBuilder line = JSON.createObjectBuilder()
                    .add("kind", EXECUTED)
                    .add("firstOffset", JsonView.number(batch.firstOffset()))
                    .add("count", batch.outcomes().size())
                    .add("timestampMicros", JsonView.number(batch.timestampMicros()));
            lines.append(line.build()).append('\n');
            long offset = batch.firstOffset();
            for (LoggedOutcome outcome : batch.outcomes()) {
                JsonObjectBuilder outcomeLine = at(offset++);
                outcomes.write(outcome, outcomeLine);
                lines.append(outcomeLine.build()).append('\n');
            }
        }
        long offset = header.firstOffset();
        for (LogEntry entry : payload.entries()) {
            JsonObjectBuilder line = at(offset++);
            entries.write(entry, line);
            lines.append(line.build()).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public LogPayload read(FrameHeader header, byte[] bytes) {
        try {
            return read(new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonView::parse)
                    .iterator());
        } catch (RuntimeException e) {
            throw new WireException("log frame %d is not the JSON that is wanted: %s".formatted(header.sequence(), e));
        }
    }

    private LogPayload read(Iterator<JsonObject> lines) {
        List<ExecutedBatch> executed = new ArrayList<>();
        List<LogEntry> read = new ArrayList<>();
        while (lines.hasNext()) {
            JsonObject line = lines.next();
            if (line.getString("kind").equals(EXECUTED)) {
                executed.add(readBatch(line, lines));
            } else {
                read.add(entries.read(line));
            }
        }
        return new LogPayload(executed, read);
    }

    private ExecutedBatch readBatch(JsonObject line, Iterator<JsonObject> lines) {
        List<LoggedOutcome> read = new ArrayList<>();
        for (int left = line.getInt("count"); left > 0; left--) {
            read.add(outcomes.read(lines.next()));
        }
        return new ExecutedBatch(JsonView.number(line, "firstOffset"), JsonView.number(line, "timestampMicros"), read);
    }

    private static JsonObjectBuilder at(long offset) {
        return JSON.createObjectBuilder().add("offset", JsonView.number(offset));
    }
}
