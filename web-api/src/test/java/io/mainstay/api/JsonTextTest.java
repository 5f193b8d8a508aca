package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writesNestedMembers() {
        String text = new JsonText()
                .object()
                .array("list")
                .object()
                .number("a", Long.MIN_VALUE)
                .end()
                .object()
                .end()
                .endArray()
                .text("none", null)
                .object("inner")
                .text("b", "c")
                .end()
                .end()
                .toString();

        assertThat(text)
                .isEqualTo("{\"list\":[{\"a\":-9223372036854775808},{}],\"none\":null,\"inner\":{\"b\":\"c\"}}");
    }

    @Test
    void keepsEveryCharacterOfATextThatEndsLikeJson() {
        String nasty = "\"\\\b\f\n\r\t\u0000\u001f\u007fäß€😀\u2028,{[";

        String text = new JsonText()
                .object()
                .text("a", nasty)
                .text("b", "[")
                .text("c", "{")
                .end()
                .toString();

        assertThat(Json.createReader(new StringReader(text)).readObject().getString("a"))
                .isEqualTo(nasty);
        assertThat(text).endsWith(",\"b\":\"[\",\"c\":\"{\"}");
    }

    @Test
    void escapesHalvesOfSurrogatePairsSoThatUtf8CanHoldThem() {
        String text = new JsonText().object().text("a", "\ud800x\udc00").end().toString();

        assertThat(text).isEqualTo("{\"a\":\"\\ud800x\\udc00\"}");
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }
}
