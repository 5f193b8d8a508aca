package io.mainstay.codec;

import static io.mainstay.codec.JsonView.JSON;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.SentMessage;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Outcomes as JSON objects. */
final class JsonOutcomes {
    private final DomainText domains;

    JsonOutcomes(DomainText domains) {
        this.domains = domains;
    }

    void write(LoggedOutcome outcome, JsonObjectBuilder line) {
        switch (outcome) {
            case LoggedOutcome.Accepted(var version, var events, var messages, var skipped) -> {
                line.add("kind", "accepted").add("version", JsonView.number(version));
                line.add("events", events(events));
                line.add("messages", messages(messages));
                line.add("skipped", skipped(skipped));
            }
            case LoggedOutcome.Rejected(var version, var rejection) ->
                line.add("kind", "rejected")
                        .add("version", JsonView.number(version))
                        .add("rejection", rejection(rejection));
            case LoggedOutcome.Repeated(var original) ->
                line.add("kind", "repeated").add("original", JsonView.number(original));
            case LoggedOutcome.KeyReused(var original) ->
                line.add("kind", "key-reused").add("original", JsonView.number(original));
            case LoggedOutcome.Recorded() -> line.add("kind", "recorded");
        }
    }

    LoggedOutcome read(JsonObject line) {
        String kind = line.getString("kind");
        return switch (kind) {
            case "accepted" ->
                new LoggedOutcome.Accepted(
                        JsonView.number(line, "version"), readEvents(line), readMessages(line), readSkipped(line));
            case "rejected" ->
                new LoggedOutcome.Rejected(
                        JsonView.number(line, "version"), readRejection(line.getJsonObject("rejection")));
            case "repeated" -> new LoggedOutcome.Repeated(JsonView.number(line, "original"));
            case "key-reused" -> new LoggedOutcome.KeyReused(JsonView.number(line, "original"));
            case "recorded" -> new LoggedOutcome.Recorded();
            default -> throw new IllegalArgumentException("outcome of unknown kind " + kind);
        };
    }

    private JsonArrayBuilder events(List<LoggedEvent> events) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (LoggedEvent event : events) {
            JsonObjectBuilder object = JSON.createObjectBuilder();
            domains.writeEvent(event.domainId(), event.bytes(), object);
            array.add(object);
        }
        return array;
    }

    private JsonArrayBuilder messages(List<SentMessage> messages) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (SentMessage message : messages) {
            JsonObjectBuilder object = JSON.createObjectBuilder().add("receiver", message.receiver());
            domains.writeCommand(message.domainId(), message.bytes(), object);
            array.add(object);
        }
        return array;
    }

    private static JsonArrayBuilder skipped(List<Skipped> skipped) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Skipped attempt : skipped) {
            array.add(JSON.createObjectBuilder()
                    .add("pointer", attempt.pointer())
                    .add("rejection", rejection(attempt.rejection())));
        }
        return array;
    }

    private static JsonObjectBuilder rejection(Rejection rejection) {
        return JSON.createObjectBuilder()
                .add("kind", rejection.kind().name())
                .add("code", rejection.code())
                .add("message", rejection.message())
                .add("pointer", rejection.pointer());
    }

    private static List<LoggedEvent> readEvents(JsonObject line) {
        return line.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> new LoggedEvent(event.getInt("domain"), JsonView.bytes(event, "bytes")))
                .toList();
    }

    private static List<SentMessage> readMessages(JsonObject line) {
        return line.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(message -> new SentMessage(
                        message.getInt("receiver"), message.getInt("domain"), JsonView.bytes(message, "bytes")))
                .toList();
    }

    private static List<Skipped> readSkipped(JsonObject line) {
        return line.getJsonArray("skipped").getValuesAs(JsonObject.class).stream()
                .map(attempt ->
                        new Skipped(attempt.getString("pointer"), readRejection(attempt.getJsonObject("rejection"))))
                .toList();
    }

    private static Rejection readRejection(JsonObject rejection) {
        return new Rejection(
                Rejection.Kind.valueOf(rejection.getString("kind")),
                rejection.getString("code"),
                rejection.getString("message"),
                rejection.getString("pointer"));
    }
}
