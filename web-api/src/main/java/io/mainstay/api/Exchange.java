package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its endpoint.
 *
 * @param path the segments that stand for fields, in the order of the path
 */
record Exchange(List<String> path, MultivaluedMap<String, String> query, HttpHeaders headers, InputStream body) {
    /** A call without a body. */
    Call call(Fields pathFields) {
        return new Call(Tenants.of(headers), values(pathFields), new Values(Fields.EMPTY, new Object[0]));
    }

    /** The values in the path; {@link ProblemException} if one is not what its field wants. */
    Values values(Fields fields) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int index = 0; index < values.length; index++) {
            String name = fields.at(index).name();
            String text = path.get(index);
            values[index] = switch (fields.at(index).type()) {
                case FieldType.Uuid() ->
                    Uuids.parse(text)
                            .orElseThrow(
                                    () -> Requests.parameter(name, "The " + name + " in the path has to be a UUID."));
                case FieldType.Text(var min, var max, var pattern, var wanted) -> {
                    boolean fits = pattern.isPresent()
                            ? pattern.get().matcher(text).matches()
                            : text.length() >= min && text.length() <= max && Texts.isStorable(text);
                    if (!fits) {
                        throw Requests.parameter(
                                name,
                                "The " + name + " in the path "
                                        + (wanted.isEmpty()
                                                ? "has to be " + min + " to " + max + " characters"
                                                : wanted)
                                        + ".");
                    }
                    yield text;
                }
                case FieldType.Whole(var min, var max) -> whole(name, text, min, max);
                case FieldType.Truth t -> throw new IllegalStateException("no field of a path: " + name);
                case FieldType.Parts p -> throw new IllegalStateException("no field of a path: " + name);
            };
        }
        return new Values(fields, values);
    }

    private static long whole(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // More than 64 bits, or no number at all: told like any other number out of range.
        }
        throw Requests.parameter(
                name, "The %s in the path has to be a whole number from %d to %d.".formatted(name, min, max));
    }
}
