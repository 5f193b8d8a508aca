package io.mainstay.verification.audit;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** A rebuild as a server tells it, in words. */
record RebuildProgress(JsonObject status) {
    String id() {
        return status.getString("id");
    }

    String target() {
        return status.getString("target");
    }

    boolean isEnded() {
        return status.getBoolean("ended");
    }

    boolean isDone() {
        return status.getString("state").equals("done");
    }

    /** One line. */
    String line(double rowsPerSecond) {
        return "target %s: %s, %.1f %% of %d shards, %d rows, %.0f rows/s"
                .formatted(
                        target(),
                        status.getString("state"),
                        percent(),
                        status.getJsonArray("shards").size(),
                        rows(),
                        rowsPerSecond);
    }

    /** How it stands, or how it has ended and what was compared. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonObject table : status.getJsonArray("compared").getValuesAs(JsonObject.class)) {
            long before = number(table, "rows");
            long rebuilt = number(table, "rebuiltRows");
            text.append("  %s: %s%n"
                    .formatted(
                            table.getString("table"),
                            table.getBoolean("equal")
                                    ? rebuilt + " rows, equal"
                                    : "DIFFERS, %d rows before, %d rebuilt".formatted(before, rebuilt)));
        }
        return text.append(sentence()).toString();
    }

    /** Rows a second since an earlier state; a server that went on with it counts from 0 again. */
    double rowsPerSecondSince(RebuildProgress earlier, long nanos) {
        return nanos <= 0 ? 0 : Math.max(0, rows() - earlier.rows()) * 1e9 / nanos;
    }

    private String sentence() {
        return switch (status.getString("state")) {
            case "done" -> "Target %s is rebuilt: %d rows in %.1f s.".formatted(target(), rows(), seconds());
            case "cancelled" -> "The rebuild of target " + target() + " was cancelled; its tables stay as they are.";
            case "failed" ->
                "The rebuild of target " + target() + " FAILED: " + status.getString("cause", "")
                        + "; its tables stay as they are.";
            default -> line(seconds() == 0 ? 0 : rows() / seconds());
        };
    }

    private double percent() {
        long offsets = 0;
        long goals = 0;
        for (JsonObject shard : status.getJsonArray("shards").getValuesAs(JsonObject.class)) {
            long goal = number(shard, "goal");
            offsets += Math.min(number(shard, "offset"), goal);
            goals += goal;
        }
        return goals == 0 ? 0 : 100.0 * offsets / goals;
    }

    private double seconds() {
        return Duration.between(instant("createdAt"), instant("updatedAt")).toMillis() / 1000.0;
    }

    private Instant instant(String name) {
        return Instant.parse(status.getString(name));
    }

    private long rows() {
        return number(status, "rows");
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValueExact();
    }
}
