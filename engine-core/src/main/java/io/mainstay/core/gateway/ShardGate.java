package io.mainstay.core.gateway;

import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.gateway.ShardStatus.Phase;

/** What an operator lets into a running shard. Asked by any thread without a lock; orders take turns. */
public final class ShardGate {
    private static final Held OPEN = new Held(Phase.SERVING, "");

    private volatile Held held = OPEN;

    /** SERVING, PAUSED, DRAINING or DRAINED. */
    public Phase phase() {
        return held.phase();
    }

    /** Who closed the gate, and why; empty if it is open. */
    public String reason() {
        return held.reason();
    }

    /** Hot: asked for each command. */
    public boolean takesCommands() {
        return held.phase() == Phase.SERVING;
    }

    public boolean takesReads() {
        return held.phase() == Phase.SERVING || held.phase() == Phase.PAUSED;
    }

    /** True if what lies in the mailbox is to be refused: it came after the last that was taken. */
    public boolean isShut() {
        return held.phase() == Phase.DRAINED;
    }

    /** Throws {@link IllegalStateException} unless the gate is open. */
    public synchronized void pause(Order order) {
        require(held.phase() == Phase.SERVING, "paused");
        held = new Held(Phase.PAUSED, text(order));
    }

    /** Throws {@link IllegalStateException} if it was done before. */
    public synchronized void drain(Order order) {
        require(held.phase() == Phase.SERVING || held.phase() == Phase.PAUSED, "drained");
        held = new Held(Phase.DRAINING, text(order));
    }

    /** Throws {@link IllegalStateException} if the gate is open. */
    public synchronized void resume() {
        require(held.phase() != Phase.SERVING, "resumed");
        held = OPEN;
    }

    /** Told by the shard's thread when nothing of what was taken is left: ends the draining, if it still goes on. */
    public synchronized void finished() {
        if (held.phase() == Phase.DRAINING) {
            held = new Held(Phase.DRAINED, held.reason());
        }
    }

    /** Told when the shard has recovered: what it decided again is not logged yet, so a draining has to end anew. */
    public synchronized void recovered() {
        if (held.phase() == Phase.DRAINED) {
            held = new Held(Phase.DRAINING, held.reason());
        }
    }

    private void require(boolean allowed, String what) {
        if (!allowed) {
            throw new IllegalStateException("is " + held.phase()
                    + (held.reason().isEmpty() ? "" : " (" + held.reason() + ")") + " and cannot be " + what);
        }
    }

    private static String text(Order order) {
        return order.reason().isBlank() ? "by " + order.by() : order.reason() + ", by " + order.by();
    }

    private record Held(Phase phase, String reason) {}
}
