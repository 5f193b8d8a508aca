package io.mainstay.testkit;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.WireReader;

/** A witness in this virtual machine. */
final class Memory<S, C extends Command, E extends Event> implements Witness {
    private final String name;
    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final Snapshots<S> snapshots;
    private final S state;

    Memory(String name, Domain<S, C, E> domain, S state) {
        this.name = name;
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.snapshots = new Snapshots<>(domain);
        this.state = state;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void apply(byte[] event) {
        rules.apply(state, domain.events().decode(new WireReader(event)));
    }

    @Override
    public Verdict decide(byte[] command, Moment moment) {
        C read = domain.commands().decode(new WireReader(command));
        Decision<E> decision = rules.decide(state, read, moment.context());
        return Verdict.of(domain, decision);
    }

    @Override
    public Verdict elapse(Moment moment) {
        return Verdict.of(domain, rules.elapse(state, moment.context()));
    }

    @Override
    public Standing standing() {
        return Standing.of(rules, state, snapshots.of(state));
    }
}
