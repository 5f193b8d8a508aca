package io.mainstay.core.quota;

import io.mainstay.core.EngineClock;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.pipeline.CommandStep;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses commands of a tenant that asks more often than its quota allows. Each command of a group counts.
 *
 * <p>Hot: one look-up and one compare-and-set for a command of a tenant with a quota.
 */
public final class CommandQuota implements CommandStep {
    /** Of every quota: the same for callers, whatever it limits. */
    public static final String CODE = "quota-exceeded";

    /** Tenants whose buckets are kept, at most; behind that, those that are full are let go, and the rest share one. */
    static final int TENANTS_MAX = 65_536;

    /** No tenant has such a name. */
    private static final String THE_REST = "*";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TenantQuotas quotas;
    private final EngineClock clock;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    public CommandQuota(TenantQuotas quotas, EngineClock clock) {
        this.quotas = quotas;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.POLICY;
    }

    @Override
    public boolean appliesTo(Class<? extends Command> type) {
        return quotas.limitCommands() && type != CommandGroup.class;
    }

    @Override
    public @Nullable Rejection check(CommandRequest request) {
        String tenant = request.command().tenant();
        TenantQuota quota = quotas.of(tenant);
        if (quota.commandsPerSecond() == TenantQuota.UNLIMITED
                || bucket(tenant, quota).take(nowNanos())) {
            return null;
        }
        return new Rejection(
                Rejection.Kind.REFUSED,
                CODE,
                "%s may ask for %d commands a second, and %d at once."
                        .formatted(TenantQuotas.nameOf(tenant), quota.commandsPerSecond(), quota.burst()),
                "");
    }

    @Override
    public int retryAfterMillis(CommandRequest request) {
        String tenant = request.command().tenant();
        long nanos = bucket(tenant, quotas.of(tenant)).waitNanos(nowNanos());
        return (int) Math.min(Integer.MAX_VALUE, 1 + nanos / NANOS_PER_MILLI);
    }

    private TokenBucket bucket(String tenant, TenantQuota quota) {
        TokenBucket known = buckets.get(tenant);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= TENANTS_MAX) {
            long nowNanos = nowNanos();
            buckets.values().removeIf(bucket -> bucket.isFull(nowNanos));
        }
        return buckets.computeIfAbsent(
                buckets.size() < TENANTS_MAX ? tenant : THE_REST,
                fresh -> new TokenBucket(quota.commandsPerSecond(), quota.burst()));
    }

    private long nowNanos() {
        return Math.multiplyExact(clock.nowMicros(), 1000L);
    }
}
