package io.mainstay.codec;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as people read them: records by their components, with the type's name first. Whole numbers that a reader with
 * floating-point numbers would round are texts.
 */
final class JsonView {
    static final JsonProvider JSON = JsonProvider.provider();

    /** The largest whole number up to which every floating-point reader is exact. */
    private static final long EXACT_MAX = (1L << 53) - 1;

    private JsonView() {}

    static JsonValue of(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case Long number -> number(number);
            case Integer number -> JSON.createValue(number);
            case Short number -> JSON.createValue(number);
            case Byte number -> JSON.createValue(number);
            case byte[] bytes -> JSON.createValue(Base64.getEncoder().encodeToString(bytes));
            case Collection<?> values -> array(values);
            case Map<?, ?> values -> object(values);
            case Record record -> object(record);
            default -> JSON.createValue(value.toString());
        };
    }

    static JsonValue number(long number) {
        return number >= -EXACT_MAX && number <= EXACT_MAX
                ? JSON.createValue(number)
                : JSON.createValue(Long.toString(number));
    }

    /** Reads what {@link #number} wrote. */
    static long number(JsonObject object, String name) {
        return switch (object.get(name)) {
            case jakarta.json.JsonNumber number -> number.longValueExact();
            case jakarta.json.JsonString text -> Long.parseLong(text.getString());
            case null, default -> throw new IllegalArgumentException(name + " is no whole number");
        };
    }

    static byte[] bytes(JsonObject object, String name) {
        return Base64.getDecoder().decode(object.getString(name));
    }

    static JsonObject parse(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static JsonValue array(Collection<?> values) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        values.forEach(value -> array.add(of(value)));
        return array.build();
    }

    private static JsonValue object(Map<?, ?> values) {
        Map<String, Object> sorted = new TreeMap<>();
        values.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        JsonObjectBuilder object = JSON.createObjectBuilder();
        sorted.forEach((key, value) -> object.add(key, of(value)));
        return object.build();
    }

    private static JsonValue object(Record record) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        object.add("type", record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            object.add(component.getName(), of(component(record, component)));
        }
        return object.build();
    }

    private static @Nullable Object component(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + record.getClass(), e);
        }
    }
}
