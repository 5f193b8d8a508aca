package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Values;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes several requests of one operation at once: each with a key of its own, made of the batch's key and its index, or,
 * linked, as one group that is done all or none.
 */
final class BatchHandler<C extends Command> implements Handler {
    static final int BYTES_MAX = 1024 * 1024;
    static final Field<Boolean> LINKED = Field.optional(
            "linked", FieldType.truth(), false, "True for all or none, which has to be on one shard.", false);

    private static final Values NO_PATH = new Values(Fields.EMPTY, new Object[0]);
    /** Where a group says that a command of it is to blame. */
    private static final Pattern STEP = Pattern.compile("/steps/([0-9]+)/command(.*)");

    private final Operation<C> operation;
    private final Operation.Batch batch;
    private final Field<List<Values>> parts;
    private final Fields fields;
    private final Engine engine;
    private final CommandReplies replies;

    BatchHandler(Operation<C> operation, Operation.Batch batch, Engine engine) {
        this.operation = operation;
        this.batch = batch;
        this.parts = parts(operation, batch);
        this.fields = Fields.of(LINKED, parts);
        this.engine = engine;
        this.replies = new CommandReplies(operation);
    }

    /** The list of requests, as a field. */
    static Field<List<Values>> parts(Operation<?> operation, Operation.Batch batch) {
        return Field.required(
                batch.list(),
                new FieldType.Parts(operation.body(), 1, batch.countMax()),
                "Each as `" + operation.endpoint().name() + "` takes it.",
                List.of(OpenApiSchemas.example(operation.body(), true)));
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) throws IOException {
        JsonBody body = Requests.body(exchange, fields, BYTES_MAX);
        String tenant = Tenants.of(exchange.headers());
        Identity whole = Requests.identity(batch.endpoint().name(), exchange.headers(), null);
        List<Part<C>> made = body.isSound() ? made(body, tenant, whole) : List.of();
        body.check();
        return body.values().get(LINKED) ? linked(whole.key(), made) : each(made);
    }

    private List<Part<C>> made(JsonBody body, String tenant, Identity whole) {
        List<Part<C>> made = new ArrayList<>();
        List<Values> all = body.values().get(parts);
        for (int index = 0; index < all.size(); index++) {
            Call call = new Call(tenant, NO_PATH, all.get(index));
            if (isSound(call, index, body)) {
                Identity identity = whole.part(
                        operation.subject(),
                        index,
                        operation.id().isPresent() ? call.find(operation.id().get()) : null);
                made.add(new Part<>(identity, operation.command().apply(call, identity.id())));
            }
        }
        return made;
    }

    private boolean isSound(Call call, int index, JsonBody body) {
        for (Operation.Rule rule : operation.rules()) {
            if (!rule.holds().test(call)) {
                body.invalid(batch.list() + "/" + index + "/" + rule.field().name(), rule.wanted());
                return false;
            }
        }
        return true;
    }

    private CompletionStage<Reply> each(List<Part<C>> made) {
        List<CompletableFuture<Reply>> answers = new ArrayList<>();
        for (Part<C> part : made) {
            answers.add(engine.submit(
                            CommandRequest.of(part.command(), part.identity().key()),
                            false,
                            outcome -> replies.of(outcome, part.identity().id()))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> results(
                        200, answers.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<Reply> linked(UUID key, List<Part<C>> made) {
        CommandGroup group = new CommandGroup(made.stream()
                .<CommandGroup.Step>map(part -> new CommandGroup.Do(part.command()))
                .toList());
        return engine.submit(CommandRequest.of(group, key), false, outcome -> words(outcome, key));
    }

    private Reply words(Outcome outcome, UUID key) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> {
                Reply reply = results(201, replies.each(accepted));
                yield accepted.repeated() ? reply.with(CommandReplies.HIT, "true") : reply;
            }
            case Outcome.Rejected rejected -> replies.of(pointing(rejected), key);
            default -> replies.of(outcome, key);
        };
    }

    /** Points into the request instead of the group. */
    private Outcome pointing(Outcome.Rejected rejected) {
        Rejection rejection = rejected.rejection();
        Matcher step = STEP.matcher(rejection.pointer());
        return step.matches()
                ? new Outcome.Rejected(
                        rejected.shard(),
                        rejected.offset(),
                        rejected.timestampMicros(),
                        rejected.version(),
                        new Rejection(
                                rejection.kind(),
                                rejection.code(),
                                rejection.message(),
                                "/" + batch.list() + "/" + step.group(1) + step.group(2)),
                        rejected.repeated())
                : rejected;
    }

    /** Each with its status, and with its document or its problem. */
    private static Reply results(int status, List<Reply> all) {
        JsonText json = new JsonText().object().array("results");
        for (Reply reply : all) {
            json.object()
                    .number("status", reply.status())
                    .json(reply.mediaType().equals(Reply.JSON) ? "result" : "problem", reply.body())
                    .end();
        }
        return Reply.json(status, json.endArray().end());
    }

    /** One of the requests. */
    private record Part<C>(Identity identity, C command) {}
}
