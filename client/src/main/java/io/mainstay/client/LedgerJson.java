package io.mainstay.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger's records as JSON of the HTTP interface. */
final class LedgerJson {
    private LedgerJson() {}

    static JsonObject write(OpenAccount order) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (order.id() != null) {
            json.add("id", order.id().toString());
        }
        json.add("ledger", order.ledger()).add("asset", order.asset());
        if (order.minBalanceMinor() == null) {
            json.addNull("minBalanceMinor");
        } else {
            json.add("minBalanceMinor", order.minBalanceMinor());
        }
        return json.build();
    }

    static JsonObject write(PostTransfer order) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (order.id() != null) {
            json.add("id", order.id().toString());
        }
        json.add("from", order.from().toString())
                .add("to", order.to().toString())
                .add("amountMinor", order.amountMinor());
        if (!order.reference().isEmpty()) {
            json.add("reference", order.reference());
        }
        return json.build();
    }

    static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static Account account(JsonObject json) {
        return new Account(
                uuid(json, "id"),
                json.getString("ledger"),
                json.getString("asset"),
                nullableNumber(json, "minBalanceMinor"),
                number(json, "balanceMinor"),
                number(json, "version"),
                position(json));
    }

    static Transfer transfer(JsonObject json) {
        return new Transfer(
                uuid(json, "id"),
                json.getString("status"),
                uuid(json, "from"),
                uuid(json, "to"),
                json.getString("asset"),
                number(json, "amountMinor"),
                text(json, "reference"),
                after(json, "fromBalanceMinor", "fromVersion"),
                after(json, "toBalanceMinor", "toVersion"),
                position(json),
                Instant.parse(json.getString("postedAt")));
    }

    static EntryPage entryPage(JsonObject json) {
        List<Entry> entries = json.getJsonArray("entries").getValuesAs(LedgerJson::entry);
        String next = text(json, "next");
        return new EntryPage(entries, next.isEmpty() ? null : next, position(json.getJsonObject("projection")));
    }

    /** The problem in a body; one of type {@code about:blank} if the body holds none. */
    static MainstayProblem.Problem problem(int status, String body) {
        try {
            JsonObject json = object(body);
            return new MainstayProblem.Problem(
                    json.getString("type", "about:blank"),
                    status,
                    json.getString("title", ""),
                    json.getString("detail", ""),
                    fieldErrors(json));
        } catch (JsonException | ClassCastException e) {
            return new MainstayProblem.Problem(
                    "about:blank", status, "", "the answer is no problem document", List.of());
        }
    }

    private static List<MainstayProblem.FieldError> fieldErrors(JsonObject json) {
        JsonArray errors = json.getJsonArray("errors");
        return errors == null
                ? List.of()
                : errors.getValuesAs((JsonObject error) ->
                        new MainstayProblem.FieldError(error.getString("pointer", ""), error.getString("detail", "")));
    }

    private static Entry entry(JsonObject json) {
        return new Entry(
                idText(json),
                uuid(json, "transferId"),
                json.get("counterparty") instanceof JsonString text ? UUID.fromString(text.getString()) : null,
                number(json, "amountMinor"),
                number(json, "balanceMinor"),
                number(json, "version"),
                text(json, "reference"),
                position(json),
                Instant.parse(json.getString("postedAt")));
    }

    private static Transfer.@Nullable After after(JsonObject json, String balance, String version) {
        Long minor = nullableNumber(json, balance);
        Long count = nullableNumber(json, version);
        return minor == null || count == null ? null : new Transfer.After(minor, count);
    }

    private static Position position(JsonObject json) {
        return new Position(Math.toIntExact(number(json, "shard")), number(json, "offset"));
    }

    private static UUID uuid(JsonObject json, String name) {
        return UUID.fromString(json.getString(name));
    }

    private static String idText(JsonObject json) {
        JsonValue id = json.get("id");
        return id instanceof JsonString text ? text.getString() : String.valueOf(id);
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    private static @Nullable Long nullableNumber(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? Long.valueOf(number.longValueExact()) : null;
    }
}
