package io.mainstay.core.replay;

/** A shard's log cannot be read on: it is damaged, and {@link #damage} says where. */
public final class LogDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient LogDamage damage;

    public LogDamagedException(LogDamage damage) {
        super("log damaged: " + damage);
        this.damage = damage;
    }

    public LogDamage damage() {
        return damage;
    }
}
