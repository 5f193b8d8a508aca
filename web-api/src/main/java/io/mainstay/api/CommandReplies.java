package io.mainstay.api;

import io.mainstay.api.Problem.Fault;
import io.mainstay.api.Problem.Place;
import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Operation;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the engine made of an operation's command, in the words of HTTP. */
final class CommandReplies {
    static final String HIT = "Idempotency-Hit";
    static final String BASE = "/v1";

    private static final int RETRY_UNKNOWN_MILLIS = 1000;

    private final Operation<?> operation;

    CommandReplies(Operation<?> operation) {
        this.operation = operation;
    }

    /**
     * The reply.
     *
     * @param id of what the command makes
     */
    Reply of(Outcome outcome, UUID id) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> repeated(accepted.repeated(), accepted(accepted));
            case Outcome.Begun begun -> repeated(begun.repeated(), begun(begun, id));
            case Outcome.Rejected rejected ->
                repeated(rejected.repeated(), rejected(rejected).reply());
            case Outcome.Denied denied -> denied(denied);
            case Outcome.KeyReused reused ->
                Problem.of(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "The idempotency key belongs to the command at offset " + reused.original()
                                        + " of shard " + reused.shard()
                                        + ", which asked for something else. Nothing was done.")
                        .with(Place.ofOriginal(reused))
                        .reply();
            case Outcome.Overloaded(var shard, var retryAfterMillis) ->
                Problem.of(
                                ProblemType.OVERLOADED,
                                "Shard " + shard + " has a full mailbox. Nothing was done; ask again.")
                        .with(Place.ofShard(shard))
                        .retryAfterMillis(retryAfterMillis)
                        .reply();
            case Outcome.Unavailable(var shard, var reason, var retryAfterMillis) ->
                Problem.of(
                                ProblemType.SHARD_UNAVAILABLE,
                                "Shard " + shard + " does not serve: " + reason + ". Nothing was done; ask again.")
                        .with(Place.ofShard(shard))
                        .retryAfterMillis(retryAfterMillis)
                        .reply();
            case Outcome.Unknown(var shard, var reason) ->
                Problem.of(
                                ProblemType.OUTCOME_UNKNOWN,
                                "Shard " + shard + " lost its log while the command was on its way: " + reason
                                        + ". Repeat it with the same Idempotency-Key to learn what became of it.")
                        .with(Place.ofShard(shard))
                        .retryAfterMillis(RETRY_UNKNOWN_MILLIS)
                        .reply();
            case Outcome.CrossShard() ->
                Problem.of(
                                ProblemType.CROSS_SHARD_UNSUPPORTED,
                                "Commands that are done all or none have to be about one shard. Nothing was done.")
                        .reply();
        };
    }

    private static Reply denied(Outcome.Denied denied) {
        Rejection rejection = denied.rejection();
        Problem problem =
                faulted(Problem.of(ProblemType.of(denied.stage(), rejection), rejection.message()), rejection);
        return (denied.retryAfterMillis() == 0 ? problem : problem.retryAfterMillis(denied.retryAfterMillis())).reply();
    }

    /** One reply for each command of a group that was accepted. */
    List<Reply> each(Outcome.Accepted accepted) {
        List<Reply> all = new ArrayList<>();
        for (Event event : accepted.events()) {
            Answer<?> answer = answerTo(event);
            if (answer != null) {
                all.add(answer(answer, event, accepted));
            }
        }
        return all;
    }

    private Reply accepted(Outcome.Accepted accepted) {
        for (Event event : accepted.events()) {
            Answer<?> answer = answerTo(event);
            if (answer != null) {
                return answer(answer, event, accepted);
            }
        }
        throw new IllegalStateException("operation " + operation.endpoint().name() + " has no answer for any of "
                + accepted.events().stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
    }

    private @Nullable Answer<?> answerTo(Event event) {
        List<? extends Answer<?>> answers = operation.answers();
        for (int index = 0; index < answers.size(); index++) {
            if (answers.get(index).event().isInstance(event)) {
                return answers.get(index);
            }
        }
        return null;
    }

    private static <E> Reply answer(Answer<E> answer, Event event, Outcome.Accepted accepted) {
        E told = answer.event().cast(event);
        Fact<E> fact =
                new Fact<>(told, accepted.shard(), accepted.offset(), accepted.version(), accepted.timestampMicros());
        Reply reply = Reply.json(answer.status(), DocumentWriter.write(answer.document(), fact, new JsonText()));
        return answer.location().isPresent()
                ? reply.with("Location", BASE + answer.location().get().apply(told))
                : reply;
    }

    /** Still under way: where to ask, and by which numbers it is known. */
    private Reply begun(Outcome.Begun begun, UUID id) {
        Reply reply = Reply.json(
                202,
                new JsonText()
                        .object()
                        .text("id", id)
                        .text("status", "in-flight")
                        .number("shard", begun.shard())
                        .number("offset", begun.offset())
                        .text("begunAt", Instant.EPOCH.plus(begun.timestampMicros(), ChronoUnit.MICROS))
                        .end());
        return operation.running().isPresent()
                ? reply.with("Location", BASE + operation.running().get().apply(id))
                : reply;
    }

    private static Problem rejected(Outcome.Rejected rejected) {
        Rejection rejection = rejected.rejection();
        return faulted(
                Problem.of(ProblemType.of(rejection), rejection.message()).with(Place.of(rejected)), rejection);
    }

    private static Problem faulted(Problem problem, Rejection rejection) {
        return rejection.pointer().isEmpty()
                ? problem
                : problem.with(List.of(new Fault(rejection.pointer(), rejection.message())));
    }

    private static Reply repeated(boolean repeated, Reply reply) {
        return repeated ? reply.with(HIT, "true") : reply;
    }
}
