package io.mainstay.codec;

import static io.mainstay.codec.JsonView.JSON;

import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.route.Homes;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
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
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes, var homes) -> {
                line.add("kind", "command").add("key", key.toString());
                if (expectedVersion != LoggedCommand.ANY_VERSION) {
                    line.add("expectedVersion", JsonView.number(expectedVersion));
                }
                if (!homes.elsewhere().isEmpty()) {
                    line.add("homes", homes(homes));
                }
                domains.writeCommand(domainId, bytes, line);
            }
            case ReceivedMessage(var sender, var number, var domainId, var bytes) -> {
                line.add("kind", "message").add("sender", sender).add("number", JsonView.number(number));
                domains.writeCommand(domainId, bytes, line);
            }
            case Acknowledgement(var receiver, var upTo) ->
                line.add("kind", "acknowledgement").add("receiver", receiver).add("upTo", JsonView.number(upTo));
            case TimePassed(var domainId) -> line.add("kind", "time").add("domain", domainId);
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
                        JsonView.bytes(line, "bytes"),
                        line.containsKey("homes") ? readHomes(line.getJsonArray("homes")) : Homes.HERE);
            case "message" ->
                new ReceivedMessage(
                        line.getInt("sender"),
                        JsonView.number(line, "number"),
                        line.getInt("domain"),
                        JsonView.bytes(line, "bytes"));
            case "acknowledgement" -> new Acknowledgement(line.getInt("receiver"), JsonView.number(line, "upTo"));
            case "time" -> new TimePassed(line.getInt("domain"));
            default -> throw new IllegalArgumentException("entry of unknown kind " + kind);
        };
    }

    private static JsonArrayBuilder homes(Homes homes) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Homes.Home home : homes.elsewhere()) {
            array.add(JSON.createObjectBuilder()
                    .add("aggregate", home.aggregate().toString())
                    .add("shard", home.shard()));
        }
        return array;
    }

    private static Homes readHomes(JsonArray array) {
        return new Homes(array.getValuesAs(JsonObject.class).stream()
                .map(home -> new Homes.Home(UUID.fromString(home.getString("aggregate")), home.getInt("shard")))
                .toList());
    }
}
