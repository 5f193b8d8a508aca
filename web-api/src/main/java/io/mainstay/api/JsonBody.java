package io.mainstay.api;

import io.mainstay.api.Problem.Fault;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, which is one JSON object, read and checked as they are declared.
 *
 * <p>All faults are found; {@link #check} then ends the request, and has to be called before a value is used. Fields that
 * nobody has declared are faults as well.
 */
final class JsonBody {
    static final int BYTES_MAX = 64 * 1024;

    private static final int FAULTS_MAX = 16;
    /** The parser has a limit too, and breaks at it. */
    private static final int DEPTH_MAX = 32;
    /** Made once, because finding the implementation is slow. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final List<ProblemType> types = new ArrayList<>(0);
    private final List<Fault> faults = new ArrayList<>(0);
    private final Values values;

    private JsonBody(RawObject fields) {
        this.values = values(fields, "");
    }

    /** Reads a body up to a size; throws {@link ProblemException} if it is more, or not one JSON object. */
    static JsonBody read(InputStream body, Fields fields, int bytesMax) throws IOException {
        byte[] bytes = body.readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        return parse(decode(bytes), fields);
    }

    /** No body at all. */
    static JsonBody none(Fields fields) {
        return new JsonBody(new RawObject(fields));
    }

    static ProblemException tooLarge(int bytesMax) {
        return new ProblemException(
                Problem.of(ProblemType.BODY_TOO_LARGE, "A body may have " + bytesMax + " bytes at most."));
    }

    /** The values; they are complete only if the body is sound. */
    Values values() {
        return values;
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
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    Problem.of(types.get(0), faults.get(0).detail()).with(faults));
        }
    }

    private Values values(RawObject object, String prefix) {
        Fields fields = object.fields;
        @Nullable Object[] checked = new Object[fields.size()];
        for (int index = 0; index < fields.size(); index++) {
            checked[index] = value(fields.at(index), object.raw[index], prefix);
        }
        for (String name : object.unknown) {
            fault(
                    ProblemType.FIELD_UNKNOWN,
                    prefix + escaped(name),
                    "The field '" + prefix + name + "' is not known here.");
        }
        return new Values(fields, checked);
    }

    private @Nullable Object value(Field<?> field, @Nullable Object raw, String prefix) {
        String name = prefix.isEmpty() ? field.name() : prefix + field.name();
        if (raw == null) {
            if (field.isRequired()) {
                fault(ProblemType.FIELD_MISSING, name, "The field '" + name + "' is missing.");
            }
            return field.ifAbsent();
        }
        if (raw == Mark.NULL && field.ifNull().isPresent()) {
            return field.ifNull().get();
        }
        return switch (field.type()) {
            case FieldType.Uuid() -> uuid(name, raw);
            case FieldType.Text type -> text(name, raw, type);
            case FieldType.Whole type -> whole(name, raw, type);
            case FieldType.Truth() -> truth(name, raw);
            case FieldType.Parts type -> parts(name, raw, type);
        };
    }

    private @Nullable Object uuid(String name, Object raw) {
        if (raw instanceof String text) {
            var parsed = Uuids.parse(text);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        invalid(name, "has to be a UUID of 36 characters");
        return null;
    }

    private @Nullable Object text(String name, Object raw, FieldType.Text type) {
        if (type.pattern().isPresent()) {
            if (raw instanceof String text && type.pattern().get().matcher(text).matches()) {
                return text;
            }
            invalid(name, type.wanted());
        } else if (!(raw instanceof String text)) {
            invalid(name, "has to be a text");
        } else if (text.length() < type.lengthMin() || text.length() > type.lengthMax()) {
            invalid(
                    name,
                    "has %d characters, %d to %d are possible"
                            .formatted(text.length(), type.lengthMin(), type.lengthMax()));
        } else if (!Texts.isStorable(text)) {
            invalid(name, "holds a NUL character or half of a surrogate pair");
        } else {
            return text;
        }
        return null;
    }

    private @Nullable Object whole(String name, Object raw, FieldType.Whole type) {
        if (raw instanceof Digits(var digits)) {
            try {
                long number = Long.parseLong(digits);
                if (number >= type.min() && number <= type.max()) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // More than 64 bits, or a fraction or an exponent: told like any other number out of range.
            }
        }
        invalid(
                name,
                "has to be a whole number from %d to %d, without fraction and exponent"
                        .formatted(type.min(), type.max()));
        return null;
    }

    private @Nullable Object truth(String name, Object raw) {
        if (raw instanceof Boolean) {
            return raw;
        }
        invalid(name, "has to be true or false");
        return null;
    }

    private @Nullable Object parts(String name, Object raw, FieldType.Parts type) {
        if (!(raw instanceof RawList list)) {
            invalid(name, "has to be a list of objects");
            return null;
        }
        int count = list.objects().size();
        if (count < type.countMin() || count > type.countMax()) {
            invalid(name, "has %d parts, %d to %d are possible".formatted(count, type.countMin(), type.countMax()));
            return null;
        }
        List<Values> parts = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            if (list.objects().get(index) instanceof RawObject object) {
                parts.add(values(object, name + "/" + index + "/"));
            } else {
                invalid(name + "/" + index, "has to be an object");
            }
        }
        return parts;
    }

    private void fault(ProblemType type, String name, String detail) {
        if (faults.size() < FAULTS_MAX) {
            types.add(type);
            faults.add(new Fault("/" + name, detail));
        }
    }

    /** A name as one step of a JSON pointer. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
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

    private static JsonBody parse(String text, Fields fields) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
                throw malformed("", "The body has to be a JSON object.");
            }
            RawObject body = object(parser, fields);
            if (parser.hasNext()) {
                throw malformed("", "Something follows the JSON object.");
            }
            return new JsonBody(body);
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

    private static RawObject object(JsonParser parser, Fields fields) {
        RawObject object = new RawObject(fields);
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            int index = fields.indexOf(name);
            boolean twice;
            if (index == Fields.NONE) {
                skip(parser, parser.next());
                twice = !object.unknown.add(name);
            } else {
                twice = object.raw[index] != null;
                object.raw[index] = raw(parser, fields.at(index).type());
            }
            if (twice) {
                throw malformed("/" + escaped(name), "The field '" + name + "' is there more than once.");
            }
        }
        return object;
    }

    private static Object raw(JsonParser parser, FieldType<?> type) {
        Event event = parser.next();
        return switch (event) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> new Digits(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Mark.NULL;
            case START_ARRAY -> type instanceof FieldType.Parts parts ? list(parser, parts) : skip(parser, event);
            case START_OBJECT -> skip(parser, event);
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException("no value begins with " + event);
        };
    }

    private static RawList list(JsonParser parser, FieldType.Parts type) {
        List<Object> objects = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            objects.add(event == Event.START_OBJECT ? object(parser, type.fields()) : skip(parser, event));
        }
        return new RawList(objects);
    }

    /** Passes over a value that no field takes. */
    private static Object skip(JsonParser parser, Event first) {
        int depth = first == Event.START_OBJECT || first == Event.START_ARRAY ? 1 : 0;
        while (depth > 0) {
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
        return Mark.OTHER;
    }

    private static ProblemException malformed(String pointer, String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED_JSON, pointer, detail));
    }

    /** What stands for a value that has no other form here. */
    private enum Mark {
        NULL,
        /** A structure that no field takes. */
        OTHER
    }

    /** What stands in the body for the fields of an object, not checked yet. */
    private static final class RawObject {
        private final Fields fields;
        private final @Nullable Object[] raw;
        private final Set<String> unknown = new LinkedHashSet<>(0);

        RawObject(Fields fields) {
            this.fields = fields;
            this.raw = new Object[fields.size()];
        }
    }

    private record RawList(List<Object> objects) {}

    private record Digits(String text) {}
}
