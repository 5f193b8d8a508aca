package io.mainstay.api;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which key the engine recognizes a request, and the id of what the request makes.
 *
 * <p>Both are functions of the {@code Idempotency-Key} header where there is one, so that a repetition names the same
 * thing even if its sender left the id to us.
 */
record Identity(UUID key, UUID id) {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /**
     * Identifies a request.
     *
     * @param kind what is made: {@code transfer}
     * @param headers the values of {@link #HEADER} that were sent
     * @param wantedId the id in the body
     */
    static Identity of(String kind, List<String> headers, @Nullable UUID wantedId) {
        UUID key = key(kind, headers, wantedId);
        return new Identity(key, wantedId != null ? wantedId : Uuids.named(kind + '\0' + key));
    }

    /** That of one part of what this identifies. */
    Identity part(String kind, int index, @Nullable UUID wantedId) {
        UUID partKey = Uuids.digest(kind + '\0' + key + '\0' + index);
        return new Identity(partKey, wantedId != null ? wantedId : Uuids.named(kind + '\0' + partKey));
    }

    /** Text with a NUL cannot be a header, so the keys made up here never meet one that was sent. */
    private static UUID key(String kind, List<String> headers, @Nullable UUID wantedId) {
        if (!headers.isEmpty()) {
            return Uuids.digest(checked(headers));
        }
        return wantedId != null ? Uuids.digest(kind + '\0' + wantedId) : UUID.randomUUID();
    }

    private static String checked(List<String> headers) {
        if (headers.size() > 1 || !VISIBLE.matcher(headers.get(0)).matches()) {
            throw new ProblemException(Problem.of(
                    ProblemType.IDEMPOTENCY_KEY_INVALID,
                    "The header " + HEADER + " wants 1 to 255 visible ASCII characters without spaces, once."));
        }
        return headers.get(0);
    }
}
