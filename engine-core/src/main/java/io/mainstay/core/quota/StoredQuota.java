package io.mainstay.core.quota;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.pipeline.CommandHook;
import io.mainstay.core.pipeline.CommandStep;
import io.mainstay.core.route.Route;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Refuses commands that would make more aggregates, such as accounts, than the tenant's quota allows. Those that are about to be
 * made count as made, so that many callers at once do not exceed it. A repeated command finds what it has made, and is let
 * through to its answer.
 */
public final class StoredQuota implements CommandStep, CommandHook {
    /** Room is made by people, not by waiting. */
    private static final int RETRY_AFTER_MILLIS = 60_000;

    private final TenantQuotas quotas;
    private final StoredCounts stored;
    private final Predicate<UUID> exists;

    /** By tenant: those that commands on their way would make. */
    private final Map<String, Integer> coming = new ConcurrentHashMap<>();

    /**
     * @param exists whether some shard holds an aggregate
     */
    public StoredQuota(TenantQuotas quotas, StoredCounts stored, Predicate<UUID> exists) {
        this.quotas = quotas;
        this.stored = stored;
        this.exists = exists;
    }

    @Override
    public Stage stage() {
        return Stage.POLICY;
    }

    @Override
    public boolean appliesTo(Class<? extends Command> type) {
        return quotas.limitStored();
    }

    @Override
    public void before(CommandRequest request) {
        Command command = request.command();
        if (isLimited(command)) {
            expect(command, made(command.route()));
        }
    }

    @Override
    public @Nullable Rejection check(CommandRequest request) {
        Command command = request.command();
        String tenant = command.tenant();
        if (!isLimited(command) || !makesNew(command.route())) {
            return null;
        }
        int max = quotas.of(tenant).storedMax();
        if (stored.of(tenant) + coming.getOrDefault(tenant, 0) <= max) {
            return null;
        }
        return new Rejection(
                Rejection.Kind.REFUSED,
                CommandQuota.CODE,
                "%s may store %d, and has as many.".formatted(TenantQuotas.nameOf(tenant), max),
                "");
    }

    @Override
    public int retryAfterMillis(CommandRequest request) {
        return RETRY_AFTER_MILLIS;
    }

    @Override
    public void after(CommandRequest request, Outcome outcome) {
        Command command = request.command();
        if (!isLimited(command)) {
            return;
        }
        if (outcome instanceof Outcome.Accepted accepted && !accepted.repeated()) {
            long count = accepted.events().stream()
                    .filter(event -> event.created() != null)
                    .count();
            stored.add(accepted.shard(), command.tenant(), count);
        }
        expect(command, -made(command.route()));
    }

    private boolean isLimited(Command command) {
        return quotas.of(command.tenant()).storedMax() != TenantQuota.UNLIMITED;
    }

    private void expect(Command command, int more) {
        if (more != 0) {
            coming.merge(command.tenant(), more, (before, added) -> before + added == 0 ? null : before + added);
        }
    }

    private static int made(Route route) {
        return switch (route) {
            case Route.Creating creating -> 1;
            case Route.Several(var routes) ->
                routes.stream().mapToInt(StoredQuota::made).sum();
            case Route.Existing existing -> 0;
            case Route.Spanning spanning -> 0;
            case Route.Unlisted unlisted -> 0;
        };
    }

    private boolean makesNew(Route route) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) -> !exists.test(aggregate);
            case Route.Several(var routes) -> routes.stream().anyMatch(this::makesNew);
            case Route.Existing existing -> false;
            case Route.Spanning spanning -> false;
            case Route.Unlisted unlisted -> false;
        };
    }
}
