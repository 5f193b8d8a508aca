package io.mainstay.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members of JSON objects, as types of the SDK. */
final class Members {
    private Members() {}

    static Position position(JsonObject json) {
        return new Position(Math.toIntExact(number(json, "shard")), number(json, "offset"));
    }

    static UUID uuid(JsonObject json, String name) {
        return UUID.fromString(json.getString(name));
    }

    static @Nullable UUID nullableUuid(JsonObject json, String name) {
        String text = nullableText(json, name);
        return text == null ? null : UUID.fromString(text);
    }

    /** Empty for null or without it. */
    static String text(JsonObject json, String name) {
        String text = nullableText(json, name);
        return text == null ? "" : text;
    }

    static @Nullable String nullableText(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.getString() : null;
    }

    static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    /** 0 for null or without it. */
    static long numberOrZero(JsonObject json, String name) {
        Long number = nullableNumber(json, name);
        return number == null ? 0 : number;
    }

    static @Nullable Long nullableNumber(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? Long.valueOf(number.longValueExact()) : null;
    }

    static @Nullable Integer nullableCount(JsonObject json, String name) {
        Long number = nullableNumber(json, name);
        return number == null ? null : Math.toIntExact(number);
    }

    static Instant time(JsonObject json, String name) {
        return Instant.parse(json.getString(name));
    }

    static @Nullable Instant nullableTime(JsonObject json, String name) {
        String text = nullableText(json, name);
        return text == null ? null : Instant.parse(text);
    }

    /** When an order was done, which each answer names as what was done. */
    static Instant time(JsonObject json, List<String> names) {
        return names.stream()
                .filter(json::containsKey)
                .findFirst()
                .map(name -> time(json, name))
                .orElseThrow(() -> new IllegalArgumentException("none of " + names));
    }

    static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
        return json.getJsonArray(name).getValuesAs(JsonObject.class).stream()
                .map(read)
                .toList();
    }
}
