package io.mainstay.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** What the HTTP interface says about dead letters. */
final class DeadLetterJson {
    private DeadLetterJson() {}

    static DeadLetterPage page(JsonObject json) {
        return new DeadLetterPage(
                Members.list(json, "deadLetters", DeadLetterJson::letter), Members.nullableUuid(json, "next"));
    }

    static DeadLetterDetails details(JsonObject json) {
        JsonValue event = json.get("event");
        return new DeadLetterDetails(
                letter(json),
                json.getString("frameHash"),
                event instanceof JsonObject told ? new Change.Recorded(told.getString("type"), told.toString()) : null,
                Members.nullableText(json, "discardedBy"),
                Members.nullableText(json, "discardedBecause"),
                json.getString("stack"));
    }

    static DeadLetterRetry retry(JsonObject json) {
        return new DeadLetterRetry(
                json.getString("target"),
                json.getInt("shard"),
                json.getInt("resolvedCount"),
                json.getInt("parkedCount"),
                json.getInt("queuedCount"));
    }

    static JsonObject discard(String by, String reason) {
        return Json.createObjectBuilder().add("by", by).add("reason", reason).build();
    }

    private static DeadLetter letter(JsonObject json) {
        return new DeadLetter(
                Members.uuid(json, "id"),
                json.getString("target"),
                Members.position(json),
                json.getInt("index"),
                Members.time(json, "eventAt"),
                json.getString("domain"),
                json.getString("type"),
                json.getString("state"),
                json.getString("cause"),
                json.getInt("retries"),
                Members.time(json, "createdAt"),
                Members.time(json, "updatedAt"),
                json.getJsonArray("rows").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList());
    }
}
