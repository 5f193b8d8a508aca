package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Field<String> NAME = Field.required("name", FieldType.text(1, 64), "", "");
    private static final Endpoint THINGS = Endpoint.of("list", "GET", "/boxes/{name}/things", "", "", "", NAME);

    @Test
    void namesTheFirstPageAlwaysAndTheNextOneIfThereIsOne() {
        assertThat(links("", null)).isEqualTo("</v1/boxes/a%20b%2Fc/things?limit=7>; rel=\"first\"");
        assertThat(links("", "eHg"))
                .isEqualTo("</v1/boxes/a%20b%2Fc/things?limit=7&cursor=eHg>; rel=\"next\","
                        + " </v1/boxes/a%20b%2Fc/things?limit=7>; rel=\"first\"");
    }

    @Test
    void keepTheRangeAndNotTheCursor() {
        assertThat(links("from=2026-01-01T00:00:00+01:00&cursor=old&after=1:2", null))
                .isEqualTo(
                        "</v1/boxes/a%20b%2Fc/things?limit=7&from=2026-01-01T00%3A00%3A00%2B01%3A00>; rel=\"first\"");
    }

    private static String links(String query, @Nullable String next) {
        Call call = new Call(
                "", new Values(Fields.of(NAME), new Object[] {"a b/c"}), new Values(Fields.EMPTY, new Object[0]));
        return Links.of(THINGS, call, Exchanges.query(query), 7, next);
    }
}
