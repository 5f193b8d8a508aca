package io.mainstay.api;

import io.mainstay.api.Problem.Fault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, which is one JSON object without nesting.
 *
 * <p>Each field is asked for once, by its type. A field that is at fault gives a stand-in, so that all faults are found;
 * {@link #check} then ends the request, and has to be called before a value is used. Fields that nobody asked for are
 * faults as well.
 */
final class JsonBody {
    static final int BYTES_MAX = 64 * 1024;

    private static final int FAULTS_MAX = 16;
    /** The parser has a limit too, and breaks at it. */
    private static final int DEPTH_MAX = 32;

    private static final UUID STAND_IN = new UUID(0, 0);
    /** Made once, because finding the implementation is slow. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final Map<String, Value> unread;
    private final List<ProblemType> types = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private JsonBody(Map<String, Value> fields) {
        this.unread = fields;
    }

    /** Reads a body up to {@link #BYTES_MAX}; throws {@link ProblemException} if it is more, or not one JSON object. */
    static JsonBody read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw tooLarge();
        }
        return parse(decode(bytes));
    }

    static ProblemException tooLarge() {
        return new ProblemException(
                Problem.of(ProblemType.BODY_TOO_LARGE, "A body may have " + BYTES_MAX + " bytes at most."));
    }

    /** A UUID, or null if the field is not there. */
    @Nullable
    UUID optionalUuid(String name) {
        Value value = unread.remove(name);
        return value == null ? null : uuid(name, value);
    }

    UUID uuid(String name) {
        Value value = take(name);
        return value == null ? STAND_IN : uuid(name, value);
    }

    /** A text that matches a pattern. */
    String text(String name, Pattern pattern, String wanted) {
        Value value = take(name);
        if (value == null) {
            return "";
        }
        if (value instanceof Text(var text) && pattern.matcher(text).matches()) {
            return text;
        }
        invalid(name, wanted);
        return "";
    }

    /** A text of some length, counted in UTF-16 units; the fallback if the field is not there. */
    String text(String name, String fallback, int lengthMin, int lengthMax) {
        Value value = unread.remove(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Text(var text))) {
            invalid(name, "has to be a text");
        } else if (text.length() < lengthMin || text.length() > lengthMax) {
            invalid(name, "has %d characters, %d to %d are possible".formatted(text.length(), lengthMin, lengthMax));
        } else if (!Texts.isStorable(text)) {
            invalid(name, "holds a NUL character or half of a surrogate pair");
        } else {
            return text;
        }
        return fallback;
    }

    /** A text that may be absent or null. */
    String optionalText(String name, int lengthMax) {
        if (unread.get(name) instanceof Null) {
            unread.remove(name);
        }
        return text(name, "", 0, lengthMax);
    }

    /** A whole number of a range, written without fraction and exponent. */
    long integer(String name, long min, long max) {
        Value value = take(name);
        return value == null ? min : integer(name, value, min, max);
    }

    /** Like {@link #integer(String, long, long)}, but may be absent or null. */
    long integer(String name, long min, long max, long ifAbsent, long ifNull) {
        Value value = unread.remove(name);
        if (value == null) {
            return ifAbsent;
        }
        return value instanceof Null ? ifNull : integer(name, value, min, max);
    }

    /** Adds a fault that shows only when several fields are seen together. */
    void invalid(String name, String wanted) {
        fault(ProblemType.FIELD_INVALID, name, "The field '" + name + "' " + wanted + ".");
    }

    /** True if no fault was found so far. */
    boolean isSound() {
        return faults.isEmpty();
    }

    /** Throws {@link ProblemException} with all faults, if there is one. */
    void check() {
        for (String name : unread.keySet()) {
            fault(ProblemType.FIELD_UNKNOWN, name, "The field '" + name + "' is not known here.");
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    Problem.of(types.get(0), faults.get(0).detail()).with(faults));
        }
    }

    private @Nullable Value take(String name) {
        Value value = unread.remove(name);
        if (value == null) {
            fault(ProblemType.FIELD_MISSING, name, "The field '" + name + "' is missing.");
        }
        return value;
    }

    private UUID uuid(String name, Value value) {
        if (value instanceof Text(var text)) {
            var parsed = Uuids.parse(text);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        invalid(name, "has to be a UUID of 36 characters");
        return STAND_IN;
    }

    private long integer(String name, Value value, long min, long max) {
        if (value instanceof Digits(var digits)) {
            try {
                long number = Long.parseLong(digits);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // More than 64 bits, or a fraction or an exponent: told like any other number out of range.
            }
        }
        invalid(name, "has to be a whole number from %d to %d, without fraction and exponent".formatted(min, max));
        return min;
    }

    private void fault(ProblemType type, String name, String detail) {
        if (faults.size() < FAULTS_MAX) {
            types.add(type);
            faults.add(new Fault(pointer(name), detail));
        }
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(ProblemType.MALFORMED_JSON, "The body is not UTF-8."), e);
        }
    }

    private static JsonBody parse(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
                throw malformed("", "The body has to be a JSON object.");
            }
            JsonBody body = new JsonBody(fields(parser));
            if (parser.hasNext()) {
                throw malformed("", "Something follows the JSON object.");
            }
            return body;
        } catch (JsonParsingException e) {
            throw malformed(
                    "",
                    "The body is not JSON: line %d, column %d."
                            .formatted(
                                    e.getLocation().getLineNumber(),
                                    e.getLocation().getColumnNumber()));
        } catch (JsonException e) {
            throw malformed("", "The body is not JSON.");
        }
    }

    private static Map<String, Value> fields(JsonParser parser) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (fields.put(name, value(parser)) != null) {
                throw malformed(pointer(name), "The field '" + name + "' is there more than once.");
            }
        }
        return fields;
    }

    private static Value value(JsonParser parser) {
        Event event = parser.next();
        return switch (event) {
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER -> new Digits(parser.getString());
            case VALUE_NULL -> new Null();
            case VALUE_TRUE, VALUE_FALSE -> new Other();
            case START_OBJECT, START_ARRAY -> skip(parser);
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException("no value begins with " + event);
        };
    }

    /** No field is a structure, so what is in it does not matter. */
    private static Value skip(JsonParser parser) {
        for (int depth = 1; depth > 0; ) {
            Event event = parser.next();
            if (event == Event.START_OBJECT || event == Event.START_ARRAY) {
                depth++;
                if (depth > DEPTH_MAX) {
                    throw malformed("", "The body is nested more than " + DEPTH_MAX + " deep.");
                }
            } else if (event == Event.END_OBJECT || event == Event.END_ARRAY) {
                depth--;
            }
        }
        return new Other();
    }

    private static ProblemException malformed(String pointer, String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED_JSON, pointer, detail));
    }

    private sealed interface Value {}

    private record Text(String text) implements Value {}

    private record Digits(String text) implements Value {}

    private record Null() implements Value {}

    private record Other() implements Value {}
}
