package io.mainstay.api;

import io.mainstay.api.Problem.Fault;
import io.mainstay.api.Problem.Place;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.TransferPosted;
import java.util.List;

/** What the engine made of a command, in the words of HTTP. */
final class CommandReplies {
    static final String HIT = "Idempotency-Hit";

    private static final int RETRY_UNKNOWN_MILLIS = 1000;

    private CommandReplies() {}

    static Reply of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> repeated(accepted, accepted(accepted));
            case Outcome.Rejected rejected ->
                repeated(rejected, rejected(rejected).reply());
            case Outcome.Denied(var stage, var rejection) ->
                faulted(Problem.of(ProblemType.of(stage, rejection), rejection.message()), rejection)
                        .reply();
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
            case Outcome.Begun begun ->
                throw new IllegalStateException("no command of the ledger begins a saga: " + begun);
            case Outcome.CrossShard() ->
                Problem.of(
                                ProblemType.CROSS_SHARD_UNSUPPORTED,
                                "Transfers between accounts on different shards are not possible yet. Accounts of"
                                        + " the same ledger share a shard.")
                        .reply();
        };
    }

    private static Reply accepted(Outcome.Accepted accepted) {
        if (!(accepted.events().get(0) instanceof LedgerEvent event)) {
            throw new IllegalStateException("no event of the ledger: " + accepted);
        }
        return switch (event) {
            case AccountOpened opened ->
                Reply.json(201, LedgerJson.opened(opened, accepted)).with("Location", "/v1/accounts/" + opened.id());
            case TransferPosted posted ->
                Reply.json(201, LedgerJson.posted(posted, accepted)).with("Location", "/v1/transfers/" + posted.id());
        };
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

    private static Reply repeated(Outcome.Decided decided, Reply reply) {
        return decided.repeated() ? reply.with(HIT, "true") : reply;
    }
}
