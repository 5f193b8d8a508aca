package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    @Test
    void showsEveryProblemWithItsTitle() throws IOException {
        String document = document();

        for (ProblemType type : ProblemType.OWN) {
            assertThat(document)
                    .containsPattern("type: 'urn:mainstay:problem:" + type.code() + "', title: '?" + type.title()
                            + "'?, status: " + type.status() + ",");
        }
    }

    private static String document() throws IOException {
        try (InputStream file = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
