package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import org.jspecify.annotations.Nullable;

/** A request as it was handed to a node once. */
final class Call {
    private final Request request;
    private final SimulatedNode node;
    private Outcome.@Nullable Begun begun;
    private @Nullable Outcome outcome;

    Call(Request request, SimulatedNode node) {
        this.request = request;
        this.node = node;
    }

    Request request() {
        return request;
    }

    SimulatedNode node() {
        return node;
    }

    /** The answer, or null as long as there is none. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** What was told before the answer, or null. */
    Outcome.@Nullable Begun begun() {
        return begun;
    }

    void begin(Outcome.Begun told) {
        begun = told;
    }

    void answer(Outcome given) {
        outcome = given;
    }
}
