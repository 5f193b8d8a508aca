package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.PathSegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final Field<UUID> ID = Field.required("id", FieldType.uuid(), "", "");
    private static final Handler HANDLER = exchange -> {
        throw new UnsupportedOperationException();
    };

    private final Routes routes = new Routes()
            .with(Endpoint.of("list", "GET", "/things", "", "", ""), HANDLER)
            .with(Endpoint.of("make", "POST", "/things", "", "", ""), HANDLER)
            .with(Endpoint.of("read", "GET", "/things/{id}", "", "", "", ID), HANDLER)
            .with(Endpoint.of("best", "GET", "/things/best", "", "", ""), HANDLER)
            .with(Endpoint.of("mend", "POST", "/things/{id}/mend", "", "", "", ID), HANDLER);

    @Test
    void findsPathsAndTheirFields() {
        assertThat(found("things").allow()).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(found("things/").handlers()).containsOnlyKeys("GET", "POST");
        assertThat(found("things/17").fields()).containsExactly("17");
        assertThat(found("things/17/mend").fields()).containsExactly("17");
        assertThat(found("things/17/mend").allow()).isEqualTo("OPTIONS, POST");
        assertThat(found("things/best").fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "thing", "things/17/tear", "things//mend", "things/17/mend/1"})
    void findsNothingWhereNothingIs(String path) {
        assertThat(routes.find(segments(path))).isNull();
    }

    @Test
    void refusesTwoEndpointsInOnePlace() {
        assertThatThrownBy(() -> routes.with(Endpoint.of("again", "POST", "/things", "", "", ""), HANDLER))
                .hasMessage("two endpoints at POST /things");
    }

    private Routes.Match found(String path) {
        return Objects.requireNonNull(routes.find(segments(path)));
    }

    private static List<PathSegment> segments(String path) {
        return Arrays.stream(path.split("/", -1)).<PathSegment>map(Segment::new).toList();
    }

    private record Segment(String path) implements PathSegment {
        @Override
        public String getPath() {
            return path;
        }

        @Override
        public MultivaluedMap<String, String> getMatrixParameters() {
            return new MultivaluedHashMap<>();
        }
    }
}
