package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domain;

/** The counters of this package's tests, for those of others. */
public final class Counters {
    private Counters() {}

    public static Domain<?, ?, ?> domain() {
        return new CounterDomain(1);
    }

    public static Command add(long amount) {
        return new CounterDomain.Add(amount);
    }
}
