package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.deadletters.DeadLetterDetails;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.deadletters.DeadLetterQuery;
import io.mainstay.core.deadletters.DeadLetterRefusal;
import io.mainstay.core.deadletters.RetryReport;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists, shows, retries and discards events that could not be projected. */
final class DeadLetterHandler {
    private static final String PATH = "/operations/dead-letters";
    private static final String TAG = "Operations";
    private static final String DESCRIPTION = "Events that could not be projected; openapi.yaml tells the answers.";
    private static final Field<UUID> ID =
            Field.required("id", FieldType.uuid(), "The dead letter.", "0b9d5a1e-3f4c-4d2b-9c8a-7e6f5d4c3b2a");
    private static final Field<String> BY =
            Field.required("by", FieldType.text(1, 200), "Who wants it.", "olga@example.org");
    private static final Field<String> REASON =
            Field.required("reason", FieldType.text(1, 1000), "Why.", "corrected by transfer 4711");
    private static final Fields DISCARD_BODY = Fields.of(BY, REASON);

    static final Endpoint LIST = Endpoint.of("list-dead-letters", "GET", PATH, TAG, "List dead letters", DESCRIPTION);
    static final Endpoint SHOW =
            Endpoint.of("show-dead-letter", "GET", PATH + "/{id}", TAG, "Show a dead letter", DESCRIPTION, ID);
    static final Endpoint RETRY =
            Endpoint.of("retry-dead-letters", "POST", PATH + "/{id}/retry", TAG, "Retry dead letters", DESCRIPTION, ID);
    static final Endpoint DISCARD = Endpoint.of(
            "discard-dead-letter", "POST", PATH + "/{id}/discard", TAG, "Discard a dead letter", DESCRIPTION, ID);

    private static final Pattern SHARD = Pattern.compile("[0-9]{1,4}");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,3}");
    private static final int LIMIT_DEFAULT = 100;
    private static final int RETRY_MILLIS = 5000;

    private final DeadLetterOperations letters;
    private final Executor replies;

    DeadLetterHandler(DeadLetterOperations letters, Executor replies) {
        this.letters = letters;
        this.replies = replies;
    }

    /** Adds the endpoints. */
    void register(Routes routes) {
        routes.with(LIST, this::list)
                .with(SHOW, this::show)
                .with(RETRY, this::retry)
                .with(DISCARD, this::discard);
    }

    CompletionStage<Reply> list(Exchange exchange) {
        DeadLetterQuery query = query(exchange.query());
        return answer(letters.list(query), found -> page(found, query.limit()));
    }

    CompletionStage<Reply> show(Exchange exchange) {
        return answer(letters.show(id(exchange)), DeadLetterHandler::details);
    }

    CompletionStage<Reply> retry(Exchange exchange) {
        return answer(letters.retry(id(exchange)), DeadLetterHandler::report);
    }

    CompletionStage<Reply> discard(Exchange exchange) throws IOException {
        UUID id = id(exchange);
        JsonBody body = Requests.body(exchange, DISCARD_BODY);
        body.check();
        Values values = body.values();
        return answer(letters.discard(id, values.get(BY), values.get(REASON)), DeadLetterHandler::details);
    }

    private static UUID id(Exchange exchange) {
        return exchange.values(Fields.of(ID)).get(ID);
    }

    private static DeadLetterQuery query(MultivaluedMap<String, String> query) {
        String shard = query.getFirst("shard");
        if (shard != null && !SHARD.matcher(shard).matches()) {
            throw Requests.parameter("shard", "shard has to be the number of a shard, from 0 on.");
        }
        String limit = query.getFirst("limit");
        if (limit != null && (!LIMIT.matcher(limit).matches() || Integer.parseInt(limit) > DeadLetterQuery.LIMIT_MAX)) {
            throw Requests.parameter("limit", "limit has to be 1 to " + DeadLetterQuery.LIMIT_MAX + ".");
        }
        String target = query.getFirst("target");
        if (target != null && !Texts.isStorable(target)) {
            throw Requests.parameter("target", "target has to be the name of a projection target.");
        }
        String after = query.getFirst("after");
        Optional<UUID> last = after == null
                ? Optional.empty()
                : Optional.of(Uuids.parse(after)
                        .orElseThrow(() -> Requests.parameter("after", "after has to be the id of a dead letter.")));
        return new DeadLetterQuery(
                Optional.ofNullable(target),
                shard == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(shard)),
                state(query.getFirst("state")),
                limit == null ? LIMIT_DEFAULT : Integer.parseInt(limit),
                last);
    }

    private static Optional<State> state(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        for (State state : State.values()) {
            if (name(state).equals(text)) {
                return Optional.of(state);
            }
        }
        throw Requests.parameter("state", "state has to be parked, queued, resolved or discarded.");
    }

    private <R> CompletionStage<Reply> answer(CompletionStage<R> stage, Function<R, Reply> reply) {
        return stage.exceptionally(failure -> {
                    throw failed(Failures.unwrap(failure));
                })
                .thenApplyAsync(reply, replies);
    }

    private static RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case DeadLetterRefusal refusal ->
                new ProblemException(Problem.of(
                        switch (refusal.reason()) {
                            case UNKNOWN -> ProblemType.DEAD_LETTER_UNKNOWN;
                            case CLOSED -> ProblemType.DEAD_LETTER_CLOSED;
                            case BEHIND -> ProblemType.DEAD_LETTER_BEHIND;
                        },
                        "Nothing was done: " + refusal.getMessage() + "."));
            case EngineException engine ->
                new ProblemException(
                        Problem.of(
                                        engine.severity() == EngineException.Severity.RETRY
                                                ? ProblemType.DEAD_LETTERS_BUSY
                                                : ProblemType.DEAD_LETTERS_UNAVAILABLE,
                                        engine.getMessage() + ".")
                                .retryAfterMillis(RETRY_MILLIS),
                        engine);
            default -> Failures.rethrow(cause);
        };
    }

    private static Reply page(List<DeadLetter> letters, int limit) {
        JsonText json = new JsonText().object().array("deadLetters");
        letters.forEach(letter -> {
            json.object();
            write(letter, json);
            json.end();
        });
        json.endArray()
                .text(
                        "next",
                        letters.size() < limit
                                ? null
                                : letters.get(letters.size() - 1).id());
        return Reply.json(200, json.end());
    }

    private static Reply details(DeadLetterDetails details) {
        JsonText json = new JsonText().object();
        write(details.letter(), json);
        json.text("frameHash", details.frameHash());
        if (details.event() == null) {
            json.text("event", null);
        } else {
            json.json("event", details.event());
        }
        json.text("discardedBy", details.closedBy())
                .text("discardedBecause", details.closedBecause())
                .text("stack", details.stack());
        return Reply.json(200, json.end());
    }

    private static Reply report(RetryReport report) {
        return Reply.json(
                200,
                new JsonText()
                        .object()
                        .text("target", report.target())
                        .number("shard", report.shard())
                        .number("resolvedCount", report.resolvedCount())
                        .number("parkedCount", report.parkedCount())
                        .number("queuedCount", report.queuedCount())
                        .end());
    }

    private static void write(DeadLetter letter, JsonText json) {
        json.text("id", letter.id())
                .text("target", letter.target())
                .number("shard", letter.shard())
                .number("offset", letter.offset())
                .number("index", letter.index())
                .text("eventAt", letter.eventAt())
                .text("domain", letter.domain())
                .text("type", letter.type())
                .text("state", name(letter.state()))
                .text("cause", letter.cause())
                .number("retries", letter.retries())
                .text("createdAt", letter.createdAt())
                .text("updatedAt", letter.updatedAt())
                .array("rows");
        letter.rows().forEach(json::text);
        json.endArray();
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
