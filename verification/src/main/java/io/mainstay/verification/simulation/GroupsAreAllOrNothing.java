package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.SentMessage;
import io.mainstay.verification.simulation.Books.Skip;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.List;

/** Of a group stays all that no attempt undid, with its messages, and nothing else; of a refused one nothing at all. */
final class GroupsAreAllOrNothing implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        if (!(call.request().command() instanceof CommandGroup)
                || !(outcome instanceof Outcome.Accepted accepted)
                || !(reference(call, accepted).result(accepted.offset()) instanceof Result.Accepted expected)) {
            return;
        }
        if (!accepted.events().equals(expected.events())
                || !skips(accepted.skipped()).equals(expected.skips())) {
            throw broken("a group was answered %s, and becomes %s", accepted, expected);
        }
    }

    @Override
    public void polled(SimulatedShard shard) {
        if (shard.executedBefore() < shard.reference().executedBefore()) {
            return;
        }
        PurseBooks expected = shard.reference().books().purse();
        if (!shard.purse().held().equals(expected.held()) || shard.purse().keptMinor() != expected.keptMinor()) {
            throw broken(
                    "the purse of shard %d holds %s, the log makes %s",
                    shard.number(), shard.purse().held(), expected.held());
        }
        shard.node().shards().forEach(other -> {
            int number = other.number();
            if (!shard.purse().paidTo(number).equals(shard.reference().paidTo(number))
                    || !shard.purse().takenFrom(number).equals(shard.reference().takenFrom(number))) {
                throw broken("the purse of shard %d and what the log makes of it differ", shard.number());
            }
        });
    }

    @Override
    public void ended(SimulatedNode node) {
        node.shards().forEach(GroupsAreAllOrNothing.this::check);
    }

    private void check(SimulatedShard shard) {
        History history = shard.storage().log().history();
        List<LoggedOutcome> outcomes = history.outcomes();
        for (int offset = 0; offset < outcomes.size(); offset++) {
            if (isGroup(history.entry(offset).logged())
                    && outcomes.get(offset)
                            instanceof LoggedOutcome.Accepted(var version, var events, var sent, var skipped)
                    && !isExpected(
                            events, sent, skipped, shard.storage().reference().result(offset))) {
                throw broken(
                        "the log of shard %d tells %s at offset %d, expected %s",
                        shard.number(),
                        outcomes.get(offset),
                        offset,
                        shard.storage().reference().result(offset));
            }
        }
    }

    private static boolean isExpected(
            List<LoggedEvent> events, List<SentMessage> sent, List<Skipped> skipped, Result result) {
        return result instanceof Result.Accepted expected
                && Plain.events(events).equals(expected.events())
                && Plain.messages(sent).equals(expected.messages())
                && skips(skipped).equals(expected.skips());
    }

    private static List<Skip> skips(List<Skipped> skipped) {
        return skipped.stream()
                .map(skip -> new Skip(skip.pointer(), skip.rejection().code()))
                .toList();
    }

    private static boolean isGroup(LogEntry entry) {
        return entry instanceof LoggedCommand logged && logged.domainId() == CommandGroup.DOMAIN_ID;
    }

    private static Reference reference(Call call, Outcome.Decided decided) {
        return call.node().shards().get(decided.shard()).reference();
    }
}
