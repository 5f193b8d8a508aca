package io.mainstay.client.cli;

import io.mainstay.client.Change.Recorded;
import io.mainstay.client.MainstayProblem;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names and values as the command line prints them: lines for people, or JSON for programs. */
final class Printed {
    private static final String INDENT = "  ";

    private Printed() {}

    /** Why, and which fields are to blame; what is said of a field is not said again. */
    static String sentence(MainstayProblem refusal) {
        String fields = refusal.problem().errors().stream()
                .map(error -> error.detail().equals(refusal.problem().detail())
                        ? " (" + error.pointer() + ")"
                        : "; " + error.pointer() + ": " + error.detail())
                .collect(Collectors.joining());
        return refusal.getMessage() + fields;
    }

    /** One line a value, names in a column, an empty line at the end; what a list holds on lines of its own. */
    static String text(Map<String, Object> document) {
        int width = document.keySet().stream().mapToInt(String::length).max().orElse(0);
        return document.entrySet().stream()
                .map(field -> field.getKey() + " ".repeat(width - field.getKey().length() + 2) + plain(field.getValue())
                        + "\n")
                .collect(Collectors.joining());
    }

    static String json(Map<String, Object> document) {
        return object(document).build().toString();
    }

    private static String plain(Object value) {
        return switch (value) {
            case Optional<?> limit -> limit.map(Object::toString).orElse(Limit.NONE);
            case Recorded recorded -> recorded.json();
            case List<?> list ->
                list.stream().map(element -> "\n" + INDENT + plain(element)).collect(Collectors.joining());
            case Map<?, ?> map -> map.values().stream().map(Printed::plain).collect(Collectors.joining(INDENT));
            default -> value.toString();
        };
    }

    private static JsonObjectBuilder object(Map<?, ?> document) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        document.forEach((name, value) -> json.add(name.toString(), value(value)));
        return json;
    }

    private static JsonValue value(Object value) {
        return switch (value) {
            case Long number -> Json.createValue(number);
            case Integer number -> Json.createValue(number);
            case Optional<?> limit -> limit.<JsonValue>map(Printed::value).orElse(JsonValue.NULL);
            case Recorded recorded -> parsed(recorded.json());
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(element -> array.add(value(element)));
                yield array.build();
            }
            case Map<?, ?> map -> object(map).build();
            default -> Json.createValue(value.toString());
        };
    }

    private static JsonValue parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
