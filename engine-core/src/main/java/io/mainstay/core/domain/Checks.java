package io.mainstay.core.domain;

/** Checks what commands are made of; {@link IllegalArgumentException} names the field and the value. */
public final class Checks {
    public static final int TENANT_LENGTH_MAX = 64;

    private Checks() {}

    /** Letters a to z, digits and hyphens, up to 64; empty for the tenant of those who name none. */
    public static void tenant(String tenant) {
        boolean fits = tenant.length() <= TENANT_LENGTH_MAX;
        for (int index = 0; index < tenant.length() && fits; index++) {
            char each = tenant.charAt(index);
            fits = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "tenant '" + tenant + "' is not up to 64 letters from a to z, digits and hyphens");
        }
    }

    /** Of a length in UTF-16 units. The text itself stays out of the message: it may be personal. */
    public static void text(String name, String text, int lengthMin, int lengthMax) {
        if (text.length() < lengthMin || text.length() > lengthMax) {
            throw new IllegalArgumentException(
                    "%s has %d characters, %d to %d wanted".formatted(name, text.length(), lengthMin, lengthMax));
        }
    }

    public static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d, %d to %d wanted".formatted(name, value, min, max));
        }
    }
}
