package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several commands of one entry on their way: what was applied so far, so that it can be undone up to a savepoint. */
final class Transaction {
    private final Domains domains;
    private final ShardState state;
    private final CommandContext context;
    private final List<Applied> applied = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final WireWriter encoded;

    /** An event in the state of its domain. */
    private record Applied(DomainState<?, ?, ?> domain, Event event) {}

    /** @param encoded takes the events as they stand in the log; of no other use until the transaction is over */
    Transaction(Domains domains, ShardState state, CommandContext context, WireWriter encoded) {
        encoded.clear();
        this.encoded = encoded;
        this.domains = domains;
        this.state = state;
        this.context = context;
    }

    /** Runs the steps; returns why all of it was refused and undone, or null. */
    @Nullable
    Rejection run(List<Step> steps) {
        return run(steps, "/steps");
    }

    /** Runs one command as it is; returns why it was refused, and then nothing has changed, or null. */
    @Nullable
    Rejection attempt(Command command) {
        Rejection refusal = run(List.of(new Do(command)), "");
        return refusal == null ? null : new Rejection(refusal.kind(), refusal.code(), refusal.message(), "");
    }

    /** Runs the attempts of a saga whose steps are all on this shard, then confirms them; null, or why all is undone. */
    @Nullable
    Rejection runAtOnce(Saga saga) {
        List<Step> steps = new ArrayList<>();
        saga.steps().forEach(step -> steps.add(new Do(step.attempt())));
        saga.steps().forEach(step -> step.confirm().ifPresent(confirm -> steps.add(new Do(confirm))));
        Rejection refusal = run(steps, "");
        return refusal == null ? null : new Rejection(refusal.kind(), refusal.code(), refusal.message(), "");
    }

    /** Adds a fact about a saga. It is not undone: nothing is refused behind it. */
    void record(SagaEvent event) {
        DomainState<?, ?, ?> sagas = state.domain(SagaDomain.ID);
        sagas.encodeEvents(List.of(event), encoded);
        sagas.apply(event);
        applied.add(new Applied(sagas, event));
    }

    void send(Message message) {
        messages.add(message);
    }

    List<Event> events() {
        return applied.stream().map(Applied::event).toList();
    }

    List<Message> messages() {
        return messages;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** The events as they stand in the log, one after the other. */
    WireWriter encoded() {
        return encoded;
    }

    /** Undoes everything. */
    void rollback() {
        rollback(0, 0, 0);
        skipped.clear();
    }

    private @Nullable Rejection run(List<Step> steps, String pointer) {
        int savedApplied = applied.size();
        int savedMessages = messages.size();
        int savedBytes = encoded.size();
        for (int index = 0; index < steps.size(); index++) {
            String here = pointer + "/" + index;
            Rejection rejection = switch (steps.get(index)) {
                case Do(var command) -> run(command, here);
                case Attempt(var inner) -> {
                    attempt(inner, here);
                    yield null;
                }
            };
            if (rejection != null) {
                rollback(savedApplied, savedMessages, savedBytes);
                return rejection;
            }
        }
        return null;
    }

    private void attempt(List<Step> steps, String pointer) {
        int skippedBefore = skipped.size();
        Rejection rejection = run(steps, pointer + "/steps");
        if (rejection != null) {
            skipped.subList(skippedBefore, skipped.size()).clear();
            skipped.add(new Skipped(pointer, rejection));
        }
    }

    private @Nullable Rejection run(Command command, String pointer) {
        DomainState<?, ?, ?> domain = state.domain(domains.of(command).id());
        if (!domain.canRevert()) {
            return new Rejection(
                    Rejection.Kind.INVALID,
                    "group-unsupported",
                    "Domain " + domain.name() + " takes part in no group.",
                    pointer);
        }
        return switch (domain.decide(command, context)) {
            case Decision.Accepted<?>(var events, var sent) -> {
                int before = encoded.size();
                try {
                    domain.encodeEvents(events, encoded);
                } catch (RuntimeException bug) {
                    encoded.truncate(before);
                    yield at(pointer, DomainState.failed("encode an event", bug));
                }
                for (Event event : events) {
                    domain.apply(event);
                    applied.add(new Applied(domain, event));
                }
                messages.addAll(sent);
                yield null;
            }
            case Decision.Begun<?>(var saga) -> begin(saga, pointer);
            case Decision.Rejected<?> rejected -> at(pointer, rejected);
        };
    }

    private @Nullable Rejection begin(Saga saga, String pointer) {
        if (!saga.isWithin(context.shard())) {
            return new Rejection(
                    Rejection.Kind.INVALID,
                    "saga-in-group",
                    "A group and a saga's step are of one shard; this command spans several.",
                    pointer);
        }
        Rejection refusal = runAtOnce(saga);
        return refusal == null ? null : new Rejection(refusal.kind(), refusal.code(), refusal.message(), pointer);
    }

    private static Rejection at(String pointer, Decision<?> rejected) {
        Rejection rejection = ((Decision.Rejected<?>) rejected).rejection();
        return new Rejection(
                rejection.kind(), rejection.code(), rejection.message(), pointer + "/command" + rejection.pointer());
    }

    private void rollback(int toApplied, int toMessages, int toBytes) {
        for (int index = applied.size() - 1; index >= toApplied; index--) {
            Applied last = applied.remove(index);
            last.domain().revert(last.event());
        }
        messages.subList(toMessages, messages.size()).clear();
        encoded.truncate(toBytes);
    }
}
