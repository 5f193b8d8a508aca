package io.mainstay.api;

/** Questions about the characters of a text. */
final class Texts {
    private Texts() {}

    /** True if the character is half of a surrogate pair whose other half is not beside it. */
    static boolean isUnpaired(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** True if the text can be stored everywhere: no NUL, no half of a surrogate pair. */
    static boolean isStorable(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) == 0 || isUnpaired(text, index)) {
                return false;
            }
        }
        return true;
    }
}
