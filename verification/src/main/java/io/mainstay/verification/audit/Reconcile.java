package io.mainstay.verification.audit;

import io.mainstay.verification.audit.ServerOperations.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./mainstay reconcile}: has a server compare its database with its engine. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Compares PostgreSQL with the engine's state, shard by shard at one offset each, row by row and in sums,"
                        + " while the server goes on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing differs",
            "1:something differs, or it cannot be compared",
            "2:the command line is wrong",
            "3:the server does not run"
        })
public final class Reconcile implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;
    /** The server has a limit of its own, up to a day. */
    private static final Duration ANSWER_MAX = Duration.ofHours(25);

    @Option(
            names = "--url",
            defaultValue = "${env:MAINSTAY_URL:-http://127.0.0.1:9080}",
            paramLabel = "URL",
            description = "the server; default: $MAINSTAY_URL, else http://127.0.0.1:9080")
    private URI url = URI.create("http://127.0.0.1:9080");

    @Option(names = "--shard", paramLabel = "N", description = "this one alone; else all")
    private @Nullable Integer shard;

    @Option(names = "--json", description = "print the server's answer as it is")
    private boolean json;

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Reconcile())
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    System.err.println("reconcile: " + failure.getMessage());
                    return failure instanceof IllegalArgumentException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ServerOperations server = new ServerOperations(url)) {
            Answer answer = server.ask(
                    "POST", "/v1/operations/reconcile" + (shard == null ? "" : "?shard=" + shard), ANSWER_MAX);
            System.out.println(json ? answer.text() : text(answer.json()));
            return answer.json().getBoolean("equal") ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (ConnectException | HttpConnectTimeoutException refused) {
            System.err.println("reconcile: no server answers at " + url);
            return NOT_RUNNING;
        }
    }

    private static String text(JsonObject report) {
        StringBuilder text = new StringBuilder();
        long rows = 0;
        for (JsonObject shard : report.getJsonArray("shards").getValuesAs(JsonObject.class)) {
            rows += append(shard, text);
        }
        int shards = report.getJsonArray("shards").size();
        long differences = report.getJsonNumber("differenceCount").longValueExact();
        return text.append(
                        differences == 0
                                ? "Engine and database are equal"
                                : "Engine and database DIFFER in %d places".formatted(differences))
                .append(": %d rows of %d shards, in %.1f s."
                        .formatted(
                                rows, shards, report.getJsonNumber("tookMillis").longValueExact() / 1000.0))
                .toString();
    }

    /** Returns how many rows were compared. */
    private static long append(JsonObject shard, StringBuilder text) {
        long rows = 0;
        long count = shard.getJsonNumber("differenceCount").longValueExact();
        text.append("shard %d at offset %d: %s, in %d ms%n"
                .formatted(
                        shard.getInt("shard"),
                        shard.getJsonNumber("offset").longValueExact(),
                        count == 0 ? "equal" : count + " DIFFERENCES",
                        shard.getJsonNumber("tookMillis").longValueExact()));
        for (JsonObject compared : shard.getJsonArray("compared").getValuesAs(JsonObject.class)) {
            rows += compared.getJsonNumber("rows").longValueExact();
            text.append("  %s: %d rows, %d sums%n"
                    .formatted(
                            compared.getString("table"),
                            compared.getJsonNumber("rows").longValueExact(),
                            compared.getJsonNumber("sums").longValueExact()));
        }
        int listed = 0;
        for (JsonObject difference : shard.getJsonArray("differences").getValuesAs(JsonObject.class)) {
            listed++;
            text.append("  ").append(sentence(difference)).append(System.lineSeparator());
        }
        if (count > listed) {
            text.append("  and %d more%n".formatted(count - listed));
        }
        return rows;
    }

    private static String sentence(JsonObject difference) {
        String row = difference.getString("table") + " " + difference.getString("key");
        String kind = difference.getString("kind");
        return switch (kind) {
            case "missing" -> row + ": not in the database";
            case "unknown" -> row + ": in the database alone";
            default ->
                "%s: %s%s is %s in the engine, %s in the database"
                        .formatted(
                                row,
                                kind.equals("sum") ? "sum of " : "",
                                difference.getString("column"),
                                value(difference, "engine"),
                                value(difference, "database"));
        };
    }

    private static String value(JsonObject difference, String side) {
        return difference.isNull(side) ? "nothing" : "'" + difference.getString(side) + "'";
    }
}
