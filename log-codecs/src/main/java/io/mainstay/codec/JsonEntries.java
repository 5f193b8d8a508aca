package io.mainstay.codec;

import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.UUID;

/** Entries as JSON objects. */
final class JsonEntries {
    private final DomainText domains;

    JsonEntries(DomainText domains) {
        this.domains = domains;
    }

    void write(LogEntry entry, JsonObjectBuilder line) {
        switch (entry) {
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes) -> {
                line.add("kind", "command").add("key", key.toString());
                if (expectedVersion != LoggedCommand.ANY_VERSION) {
                    line.add("expectedVersion", JsonView.number(expectedVersion));
                }
                domains.writeCommand(domainId, bytes, line);
            }
            case ReceivedMessage(var sender, var number, var domainId, var bytes) -> {
                line.add("kind", "message").add("sender", sender).add("number", JsonView.number(number));
                domains.writeCommand(domainId, bytes, line);
            }
            case Acknowledgement(var receiver, var upTo) ->
                line.add("kind", "acknowledgement").add("receiver", receiver).add("upTo", JsonView.number(upTo));
        }
    }

    LogEntry read(JsonObject line) {
        String kind = line.getString("kind");
        return switch (kind) {
            case "command" ->
                new LoggedCommand(
                        UUID.fromString(line.getString("key")),
                        line.getInt("domain"),
                        line.containsKey("expectedVersion")
                                ? JsonView.number(line, "expectedVersion")
                                : LoggedCommand.ANY_VERSION,
                        JsonView.bytes(line, "bytes"));
            case "message" ->
                new ReceivedMessage(
                        line.getInt("sender"),
                        JsonView.number(line, "number"),
                        line.getInt("domain"),
                        JsonView.bytes(line, "bytes"));
            case "acknowledgement" -> new Acknowledgement(line.getInt("receiver"), JsonView.number(line, "upTo"));
            default -> throw new IllegalArgumentException("entry of unknown kind " + kind);
        };
    }
}
