package io.mainstay.core.access;

/**
 * A way in which a domain refuses, so that callers know it beforehand.
 *
 * @param status of HTTP: what sort of refusal it is
 * @param code stable and machine-readable: {@code funds-insufficient}
 * @param sentence what the refusal means, for people
 * @param example what a refusal says to its caller
 * @param pointer to the field to blame, or empty
 */
public record Refusal(int status, String code, String sentence, String example, String pointer) {
    /** The request can never be right. */
    public static Refusal invalid(String code, String sentence, String example, String pointer) {
        return new Refusal(400, code, sentence, example, pointer);
    }

    /** The request names something that does not exist. */
    public static Refusal unknown(String code, String sentence, String example, String pointer) {
        return new Refusal(404, code, sentence, example, pointer);
    }

    /** The request would make something that exists already. */
    public static Refusal conflict(String code, String sentence, String example, String pointer) {
        return new Refusal(409, code, sentence, example, pointer);
    }

    /** A rule forbids it now. */
    public static Refusal refused(String code, String sentence, String example, String pointer) {
        return new Refusal(422, code, sentence, example, pointer);
    }
}
