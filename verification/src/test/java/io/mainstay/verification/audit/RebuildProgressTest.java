package io.mainstay.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebuildProgressTest {
    private static final String SHARDS =
            "{\"shard\":0,\"offset\":50,\"goal\":100},{\"shard\":1,\"offset\":120,\"goal\":100}";

    @Test
    void showsAShardThatIsBehindAmongOthers() {
        RebuildProgress progress = progress("building", 500, SHARDS, "", null);

        assertThat(progress.line(250)).isEqualTo("target sql: building, 75.0 % of 2 shards, 500 rows, 250 rows/s");
        assertThat(progress.text()).isEqualTo("target sql: building, 75.0 % of 2 shards, 500 rows, 100 rows/s");
        assertThat(progress.isEnded()).isFalse();
    }

    @Test
    void hasNoShareAndNoRateBeforeAnythingIsKnown() {
        RebuildProgress progress = progress("building", 0, "", "", null);

        assertThat(progress.line(0)).isEqualTo("target sql: building, 0.0 % of 0 shards, 0 rows, 0 rows/s");
    }

    @Test
    void countsRowsASecondAndBeginsAgainWithTheServer() {
        RebuildProgress before = progress("building", 500, SHARDS, "", null);

        assertThat(progress("building", 800, SHARDS, "", null).rowsPerSecondSince(before, 2_000_000_000L))
                .isEqualTo(150);
        assertThat(progress("building", 30, SHARDS, "", null).rowsPerSecondSince(before, 2_000_000_000L))
                .isZero();
    }

    @Test
    void tellsWhatWasEqualAndWhatWasNot() {
        RebuildProgress done = progress(
                "done",
                42,
                SHARDS,
                "{\"table\":\"accounts\",\"rows\":7,\"rebuiltRows\":7,\"equal\":true},"
                        + "{\"table\":\"entries\",\"rows\":8,\"rebuiltRows\":9,\"equal\":false}",
                null);

        assertThat(done.text().lines())
                .containsExactly(
                        "  accounts: 7 rows, equal",
                        "  entries: DIFFERS, 8 rows before, 9 rebuilt",
                        "Target sql is rebuilt: 42 rows in 5.0 s.");
        assertThat(done.isDone()).isTrue();
    }

    @Test
    void tellsWhyItEndedOtherwise() {
        RebuildProgress failed = progress("failed", 0, "", "", "the log begins at frame 9");
        RebuildProgress cancelled = progress("cancelled", 0, "", "", null);

        assertThat(failed.text())
                .isEqualTo("The rebuild of target sql FAILED: the log begins at frame 9; its tables stay as they are.");
        assertThat(cancelled.text()).isEqualTo("The rebuild of target sql was cancelled; its tables stay as they are.");
        assertThat(failed.isEnded()).isTrue();
        assertThat(failed.isDone()).isFalse();
    }

    private static RebuildProgress progress(
            String state, long rows, String shards, String compared, @Nullable String cause) {
        boolean ended = !state.equals("building");
        String text = "{\"id\":\"7\",\"target\":\"sql\",\"state\":\"" + state + "\",\"ended\":" + ended
                + ",\"createdAt\":\"2026-11-21T09:00:00Z\",\"updatedAt\":\"2026-11-21T09:00:05Z\",\"rows\":" + rows
                + ",\"shards\":[" + shards + "],\"compared\":[" + compared + "],\"cause\":"
                + (cause == null ? "null" : "\"" + cause + "\"") + "}";
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return new RebuildProgress(reader.readObject());
        }
    }
}
