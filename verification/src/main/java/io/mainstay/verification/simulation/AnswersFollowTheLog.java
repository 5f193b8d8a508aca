package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.verification.simulation.Reference.Result;

/** What a caller is told stands in the log at the offset that he is told, and follows from what stands before it. */
final class AnswersFollowTheLog implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        boolean fits = switch (outcome) {
            case Outcome.Accepted accepted ->
                isAsked(call, accepted)
                        && told(call, accepted) instanceof Result.Accepted expected
                        && expected.version() == accepted.version()
                        && accepted.events().equals(expected.events());
            case Outcome.Rejected rejected ->
                isAsked(call, rejected)
                        && told(call, rejected) instanceof Result.Rejected(var version, var code)
                        && version == rejected.version()
                        && code.equals(rejected.rejection().code());
            case Outcome.Begun begun -> follows(call, begun);
            case Outcome.KeyReused(var shard, var original) -> isReused(call, shard, original);
            case Outcome.Overloaded overloaded -> true;
            case Outcome.Unavailable unavailable -> true;
            case Outcome.Unknown unknown -> true;
            case Outcome.CrossShard crossShard -> true;
            case Outcome.Denied denied -> denied.rejection().code().equals("id-ambiguous");
        };
        if (!fits) {
            throw broken(
                    "%s was answered %s, but the log %s",
                    call.request().command(),
                    outcome,
                    outcome instanceof Outcome.Decided decided && isThere(call, decided)
                            ? "has " + entry(call, decided) + " which becomes " + told(call, decided)
                            : "does not have that");
        }
    }

    @Override
    public void begun(Call call, Outcome.Begun begun) {
        if (!follows(call, begun)) {
            throw broken(
                    "%s was told %s, which its log does not tell",
                    call.request().command(), begun);
        }
    }

    private static boolean follows(Call call, Outcome.Begun begun) {
        SimulatedShard shard = call.node().shards().get(begun.shard());
        Reference reference = shard.reference();
        return begun.offset() < reference.executedBefore()
                && call.node()
                        .shards()
                        .get(begun.shard())
                        .history()
                        .entry(begun.offset())
                        .command()
                        .key()
                        .equals(call.request().key())
                && reference.told(begun.offset(), shard.executedBefore())
                        instanceof Result.Running(var version, var events)
                && version == begun.version()
                && events.equals(begun.events());
    }

    private static boolean isAsked(Call call, Outcome.Decided decided) {
        return isThere(call, decided)
                && entry(call, decided).command().key().equals(call.request().key())
                && entry(call, decided).command().requestHash()
                        == call.request().logged().requestHash()
                && entry(call, decided).timestampMicros() == decided.timestampMicros();
    }

    private static boolean isReused(Call call, int shard, long original) {
        History history = call.node().shards().get(shard).history();
        if (original >= history.offset()) {
            return false;
        }
        History.Entry entry = history.entry(original);
        return entry.command().key().equals(call.request().key())
                && entry.command().requestHash() != call.request().logged().requestHash();
    }

    private static boolean isThere(Call call, Outcome.Decided decided) {
        return decided.offset() < reference(call, decided).executedBefore();
    }

    private static History.Entry entry(Call call, Outcome.Decided decided) {
        return call.node().shards().get(decided.shard()).history().entry(decided.offset());
    }

    private static Result told(Call call, Outcome.Decided decided) {
        SimulatedShard shard = call.node().shards().get(decided.shard());
        return shard.reference().told(decided.offset(), shard.executedBefore());
    }

    private static Reference reference(Call call, Outcome.Decided decided) {
        return call.node().shards().get(decided.shard()).reference();
    }
}
