package io.mainstay.verification.harness;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;

/** An answer as it came, and what tests say about answers. */
public final class HttpAnswer {
    private final HttpResponse<String> response;

    HttpAnswer(HttpResponse<String> response) {
        this.response = response;
    }

    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    /** The first value of a header; empty if it is not there. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(body()))) {
            return reader.readObject();
        }
    }

    public String text(String field) {
        return json().getString(field);
    }

    public long number(String field) {
        return json().getJsonNumber(field).longValueExact();
    }

    public HttpAnswer hasStatus(int expected) {
        assertThat(status()).as(() -> "answer " + body()).isEqualTo(expected);
        return this;
    }

    /** It is a problem document of this type, says why, and shows nothing of the server's inside. */
    public HttpAnswer isProblem(int status, String code) {
        hasStatus(status);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        assertThat(text("type")).isEqualTo("urn:mainstay:problem:" + code);
        assertThat(number("status")).isEqualTo(status);
        assertThat(text("title")).isNotBlank();
        assertThat(text("detail")).isNotBlank();
        assertThat(body()).doesNotContain("Exception", "at io.", "at java.", "SRVE", "CWW");
        return this;
    }

    /** The first field that is to blame. */
    public HttpAnswer blames(String pointer) {
        JsonObject first = json().getJsonArray("errors").getJsonObject(0);
        assertThat(first.getString("pointer")).isEqualTo(pointer);
        assertThat(first.getString("detail")).isNotBlank();
        return this;
    }

    /** It is an answer that stands in the log. */
    public HttpAnswer statesPosition() {
        assertThat(number("shard")).isBetween(0L, 3L);
        assertThat(number("offset")).isNotNegative();
        assertThat(number("version")).isNotNegative();
        return this;
    }
}
