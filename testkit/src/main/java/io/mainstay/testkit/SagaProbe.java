package io.mainstay.testkit;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attempts the steps of a saga that are the deciding shard's, on copies of its state, and confirms and cancels them. */
final class SagaProbe<S, C extends Command, E extends Event> {
    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final Snapshots<S> snapshots;
    private final Moment moment;

    SagaProbe(Domain<S, C, E> domain, Moment moment) {
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.snapshots = new Snapshots<>(domain);
        this.moment = moment;
    }

    /** What was attempted may be neither refused its confirmation nor its cancelling. */
    void check(Saga saga, List<byte[]> state) {
        if (!rules.canRevert()) {
            throw new DomainBroken("domain %s: takes part in sagas, and cannot undo events: revert is missing"
                    .formatted(domain.name()));
        }
        List<Saga.Step> own = new ArrayList<>();
        S attempted = snapshots.restored(state);
        for (Saga.Step step : saga.steps()) {
            if (step.shard() == moment.shard() && isOwn(step.attempt())) {
                own.add(step);
                if (!run(attempted, step.attempt())) {
                    return;
                }
            }
        }
        List<byte[]> chunks = snapshots.of(attempted);
        S confirmed = snapshots.restored(chunks);
        own.forEach(step -> expectAccepted(confirmed, step.confirm(), "confirmed"));
        S cancelled = snapshots.restored(chunks);
        own.reversed().forEach(step -> expectAccepted(cancelled, step.cancel(), "cancelled"));
    }

    private void expectAccepted(S copy, Optional<Command> command, String how) {
        if (command.isPresent() && isOwn(command.get()) && !run(copy, command.get())) {
            throw new DomainBroken("domain %s: a step of a saga that was attempted cannot be %s: %s becomes %s"
                    .formatted(domain.name(), how, command.get(), decide(copy, command.get())));
        }
    }

    /** True if the command was accepted; its events are applied. */
    private boolean run(S copy, Command command) {
        return switch (decide(copy, command)) {
            case Decision.Accepted<E>(var decided, var messages) -> {
                decided.forEach(event -> rules.apply(copy, event));
                yield true;
            }
            case Decision.Rejected<E> rejected -> false;
            case Decision.Begun<E> begun ->
                throw new DomainBroken(
                        "domain %s: step %s of a saga begins another one".formatted(domain.name(), command));
        };
    }

    private Decision<E> decide(S copy, Command command) {
        return rules.decide(copy, domain.commandType().cast(command), moment.context());
    }

    private boolean isOwn(Command command) {
        return domain.commandType().isInstance(command);
    }
}
