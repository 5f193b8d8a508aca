package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import org.jspecify.annotations.Nullable;

/** A request as it was handed to a node once. */
final class Call {
    private final Request request;
    private final SimulatedNode node;
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

    void answer(Outcome given) {
        outcome = given;
    }
}
