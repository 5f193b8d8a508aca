package io.mainstay.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of entries ended, as a text that callers hand back and need not understand. */
final class Cursor {
    private static final Pattern TEXT = Pattern.compile("v1:([0-9]{1,18})");

    private Cursor() {}

    static String of(long versionBefore) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("v1:" + versionBefore).getBytes(StandardCharsets.US_ASCII));
    }

    /** The version, or empty if the text is no cursor of ours. */
    static OptionalLong versionBefore(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
