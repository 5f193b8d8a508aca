package io.mainstay.domain.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks what commands are made of; {@link IllegalArgumentException} names the field and the value. */
final class Checks {
    static final int TENANT_LENGTH_MAX = 64;

    private Checks() {}

    /** Letters a to z, digits and hyphens, up to 64; empty for the tenant of those who name none. */
    static void checkTenant(String tenant) {
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

    static void checkText(String name, String text, int lengthMin, int lengthMax) {
        if (text.length() < lengthMin || text.length() > lengthMax) {
            throw new IllegalArgumentException(
                    "%s has %d characters, %d to %d wanted".formatted(name, text.length(), lengthMin, lengthMax));
        }
    }

    static void checkRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d, %d to %d wanted".formatted(name, value, min, max));
        }
    }

    static void checkLines(int count) {
        checkRange("number of lines", count, 1, Line.COUNT_MAX);
    }

    /** The place of the first line whose item stood in a line before it; -1 if there is none. */
    static int firstRepeated(List<Line> lines) {
        Set<UUID> items = new HashSet<>();
        for (int index = 0; index < lines.size(); index++) {
            if (!items.add(lines.get(index).item())) {
                return index;
            }
        }
        return -1;
    }
}
