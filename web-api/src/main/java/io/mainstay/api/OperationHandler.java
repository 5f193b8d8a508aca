package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.Operation;
import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Makes commands of requests, as an operation says, and hands them to the engine. */
final class OperationHandler<C extends Command> implements Handler {
    private final Operation<C> operation;
    private final Engine engine;
    private final CommandReplies replies;

    OperationHandler(Operation<C> operation, Engine engine) {
        this.operation = operation;
        this.engine = engine;
        this.replies = new CommandReplies(operation);
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) throws IOException {
        JsonBody body = Requests.body(exchange, operation.body());
        Call call = new Call(
                Tenants.of(exchange.headers()),
                exchange.values(operation.endpoint().fields()),
                body.values());
        checkRules(body, call);
        body.check();
        Optional<Field<UUID>> id = operation.id();
        Identity identity =
                Requests.identity(operation.subject(), exchange.headers(), id.isPresent() ? call.find(id.get()) : null);
        UUID subject =
                operation.target().isPresent() ? call.get(operation.target().get()) : identity.id();
        CommandRequest request = CommandRequest.of(operation.command().apply(call, subject), identity.key());
        return engine.submit(
                operation.versioned().isPresent()
                        ? request.expecting(Requests.expectedVersion(exchange.headers()))
                        : request,
                operation.running().isPresent() && Requests.prefersAsync(exchange.headers()),
                outcome -> replies.of(outcome, subject));
    }

    private void checkRules(JsonBody body, Call call) {
        List<Operation.Rule> rules = operation.rules();
        for (int index = 0; index < rules.size() && body.isSound(); index++) {
            Operation.Rule rule = rules.get(index);
            if (!rule.holds().test(call)) {
                body.invalid(rule.field().name(), rule.wanted());
            }
        }
    }
}
