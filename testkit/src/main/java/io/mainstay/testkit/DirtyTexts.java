package io.mainstay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that show whether somebody on the way takes a text for something else: for SQL, JSON, a path, the end of a row, or for
 * characters of one unit each. They are stored and returned as given, or refused.
 */
public final class DirtyTexts {
    private static final List<String> WHOLE = List.of(
            "Größe straße œuvre Ελλάδα Привет",
            "日本語 한국어 中文",
            "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD834\uDD1E",
            "e\u0301 n\u0303 Z\u0351\u036B\u0343\u036A",
            "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C",
            "\uFEFF\u200B\u00A0\u2028\u2029\uFFFD\uFFFF",
            "'; DROP TABLE accounts; --",
            "' OR '1'='1",
            "$$ || pg_sleep(9) || $$",
            "\"double\" 'single' `back` \\back\\",
            "\\",
            "\\\\",
            "\\'",
            "\\N",
            "\\.",
            "a\tb\nc\rd\r\ne\bf\fg\u000Bh",
            "\\t\\n\\x00\\u0000",
            "\u0001\u0002\u001F\u007F\u0080\u009F",
            "{\"a\":[1,null]},{}",
            "null",
            "NULL",
            "${jndi:ldap://x} %s %d {0} #{1+1}",
            "<script>alert(1)</script>&amp;&#0;",
            "../../etc/passwd",
            "a;b=c?d=e&f#g%2F%00",
            "=1+1",
            " leading and trailing ",
            ",;|\"\"");

    private static final List<String> NEVER =
            List.of("\u0000", "a\u0000b", "\uD800", "\uDFFF", "\uDE00\uD83D", "a\uD83Db", "ends with half \uD83D");

    private DirtyTexts() {}

    /** Those of a length, counted in UTF-16 units, that can be stored everywhere, with the longest in one to four bytes each. */
    public static List<String> storable(int lengthMin, int lengthMax) {
        return Stream.concat(
                        WHOLE.stream(),
                        Stream.of(
                                "x".repeat(lengthMax),
                                "\u00E9".repeat(lengthMax),
                                "\u20AC".repeat(lengthMax),
                                "\uD83D\uDE00".repeat(lengthMax / 2),
                                "e\u0301".repeat(lengthMax / 2)))
                .filter(text -> text.length() >= lengthMin && text.length() <= lengthMax)
                .distinct()
                .toList();
    }

    /** Those that are refused for a length, and those that cannot be stored at any. */
    public static List<String> refused(int lengthMin, int lengthMax) {
        List<String> refused = new ArrayList<>(NEVER);
        refused.add("x".repeat(lengthMax + 1));
        refused.add("\u20AC".repeat(lengthMax + 1));
        refused.add("\uD83D\uDE00".repeat(lengthMax / 2 + 1));
        if (lengthMin > 0) {
            refused.add("");
        }
        return refused;
    }

    /** As a JSON string in ASCII alone, whatever is in it. */
    public static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            json.append("\\u%04x".formatted((int) text.charAt(index)));
        }
        return json.append('"').toString();
    }
}
