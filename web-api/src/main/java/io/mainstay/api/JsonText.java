package io.mainstay.api;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON, one member after the other.
 *
 * <p>Hot: one per answer. What a text may hold is any string: control characters and surrogates without their other
 * half are escaped.
 */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(384);

    /** Opens an object: the whole text, or an element of an array. */
    JsonText object() {
        separate();
        text.append('{');
        return this;
    }

    /** Opens an object that is a member. */
    JsonText object(String name) {
        name(name);
        text.append('{');
        return this;
    }

    /** Closes the innermost object. */
    JsonText end() {
        text.append('}');
        return this;
    }

    /** Opens an array that is a member. */
    JsonText array(String name) {
        name(name);
        text.append('[');
        return this;
    }

    JsonText endArray() {
        text.append(']');
        return this;
    }

    /** A member that is the text of a value, or null. */
    JsonText text(String name, @Nullable Object value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            quote(value.toString());
        }
        return this;
    }

    /** An element of an array that is the text of a value. */
    JsonText text(Object value) {
        separate();
        quote(value.toString());
        return this;
    }

    /** A member that is JSON already. */
    JsonText json(String name, String value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText number(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText truth(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void name(String name) {
        separate();
        quote(name);
        text.append(':');
    }

    private void separate() {
        if (!text.isEmpty()) {
            char last = text.charAt(text.length() - 1);
            if (last != '{' && last != '[') {
                text.append(',');
            }
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char c = value.charAt(index);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || Texts.isUnpaired(value, index)) {
                escape(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void escape(char c) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
