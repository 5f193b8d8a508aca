package io.mainstay.core.shard;

import io.mainstay.core.domain.Domains;

/** For which domains the time is on its way into the log already, or was in vain just now. */
final class Alarms {
    private static final long RETRY_MICROS = 1_000_000;

    private final boolean[] onItsWay = new boolean[Domains.ID_MAX + 1];
    private final long[] notBeforeMicros = new long[Domains.ID_MAX + 1];

    /** True if something is due of which the log does not know yet; then it is on its way there. */
    boolean rings(int domainId, long dueMicros, long nowMicros) {
        if (onItsWay[domainId] || dueMicros > nowMicros || notBeforeMicros[domainId] > nowMicros) {
            return false;
        }
        onItsWay[domainId] = true;
        return true;
    }

    /** @param done false if the domain could do nothing with the time: it is asked again later */
    void executed(int domainId, boolean done, long nowMicros) {
        onItsWay[domainId] = false;
        notBeforeMicros[domainId] = done ? 0 : nowMicros + RETRY_MICROS;
    }
}
