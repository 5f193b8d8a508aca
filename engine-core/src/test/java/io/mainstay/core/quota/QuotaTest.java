package io.mainstay.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.route.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QuotaTest {
    private static final TenantQuotas QUOTAS =
            new TenantQuotas(TenantQuota.NONE, Map.of("acme", new TenantQuota(10, 2, 3)));

    private final StoredCounts stored = new StoredCounts(2);
    private final Set<UUID> existing = new HashSet<>();
    private final StoredQuota storedQuota = new StoredQuota(QUOTAS, stored, existing::contains);
    private long nowMicros = 1_000_000;
    private int keys;

    private record Make(String tenant, UUID id) implements Command {
        @Override
        public Route route() {
            return new Route.Creating(id.toString(), id);
        }
    }

    private record Made(UUID id) implements Event {
        @Override
        public UUID created() {
            return id;
        }
    }

    @Test
    void refusesMoreCommandsThanAllowed() {
        CommandQuota quota = new CommandQuota(QUOTAS, () -> nowMicros);
        CommandRequest request = make("acme");
        assertThat(quota.check(request)).isNull();
        assertThat(quota.check(request)).isNull();
        assertThat(quota.check(request))
                .isEqualTo(new Rejection(
                        Rejection.Kind.REFUSED,
                        "quota-exceeded",
                        "Tenant acme may ask for 10 commands a second, and 2 at once.",
                        ""));
        assertThat(quota.retryAfterMillis(request)).isEqualTo(101);
        nowMicros += 100_000;
        assertThat(quota.check(request)).isNull();
    }

    @Test
    void leavesTenantsWithoutAQuotaAlone() {
        CommandQuota quota = new CommandQuota(QUOTAS, () -> nowMicros);
        for (int left = 1000; left > 0; left--) {
            assertThat(quota.check(make("other"))).isNull();
            assertThat(quota.check(make(""))).isNull();
        }
    }

    @Test
    void aCommonQuotaIsOfEachTenantByItself() {
        CommandQuota quota = new CommandQuota(new TenantQuotas(new TenantQuota(1, 1, 0), Map.of()), () -> nowMicros);
        for (int tenant = 0; tenant < 10; tenant++) {
            assertThat(quota.check(make("t" + tenant))).isNull();
            assertThat(quota.check(make("t" + tenant))).isNotNull();
        }
    }

    @Test
    void theDefaultTenantHasTheCommonQuota() {
        CommandQuota quota = new CommandQuota(new TenantQuotas(new TenantQuota(1, 1, 0), Map.of()), () -> nowMicros);
        assertThat(quota.check(make(""))).isNull();
        assertThat(quota.check(make("")))
                .extracting(Rejection::message)
                .isEqualTo("The default tenant may ask for 1 commands a second, and 1 at once.");
    }

    @Test
    void namesWithoutEndDoNotFillTheMemory() {
        CommandQuota quota = new CommandQuota(new TenantQuotas(new TenantQuota(1, 1, 0), Map.of()), () -> nowMicros);
        for (int tenant = 0; tenant < CommandQuota.TENANTS_MAX; tenant++) {
            assertThat(quota.check(make("t" + tenant))).isNull();
        }
        assertThat(quota.check(make("first of the rest"))).isNull();
        assertThat(quota.check(make("second of the rest"))).isNotNull();
        nowMicros += 1_000_000;
        assertThat(quota.check(make("one"))).isNull();
        assertThat(quota.check(make("another"))).isNull();
    }

    @Test
    void takesNoPartWhereNothingIsLimited() {
        assertThat(new CommandQuota(TenantQuotas.NONE, () -> nowMicros).appliesTo(Make.class))
                .isFalse();
        assertThat(new StoredQuota(TenantQuotas.NONE, stored, existing::contains).appliesTo(Make.class))
                .isFalse();
        assertThat(storedQuota.appliesTo(Make.class)).isTrue();
    }

    @Test
    void refusesToStoreMoreThanAllowed() {
        stored.recovered(0, Map.of("acme", 2L));
        CommandRequest last = make("acme");
        assertThat(enter(last)).isNull();
        answer(last, accepted(last, false));
        CommandRequest tooMuch = make("acme");
        assertThat(enter(tooMuch)).isNotNull();
        assertThat(enter(make("other"))).isNull();
    }

    @Test
    void countsWhatIsOnItsWay() {
        stored.recovered(1, Map.of("acme", 2L));
        CommandRequest first = make("acme");
        CommandRequest second = make("acme");
        assertThat(enter(first)).isNull();
        assertThat(enter(second)).isNotNull();
        answer(second, new Outcome.Overloaded(0, 1));
        answer(first, new Outcome.Overloaded(0, 1));
        assertThat(enter(make("acme"))).isNull();
    }

    @Test
    void aRepeatedCommandIsLetThroughToItsAnswer() {
        stored.recovered(0, Map.of("acme", 3L));
        CommandRequest again = make("acme");
        existing.add(((Make) again.command()).id());
        assertThat(enter(again)).isNull();
        answer(again, accepted(again, true));
        assertThat(stored.of("acme")).isEqualTo(3);
    }

    @Test
    void countsAllThatAGroupMakes() {
        stored.recovered(0, Map.of("acme", 2L));
        CommandRequest group = CommandRequest.of(
                new CommandGroup(List.of(
                        new Do(make("acme").command()), new Do(make("acme").command()))),
                new UUID(1, keys++));
        assertThat(enter(group)).isNotNull();
    }

    @Test
    void countsAnewWhenAShardHasReadItsLog() {
        stored.recovered(0, Map.of("acme", 1L));
        stored.recovered(1, Map.of("acme", 1L));
        stored.recovered(0, Map.of("acme", 5L));
        assertThat(stored.of("acme")).isEqualTo(6);
    }

    private CommandRequest make(String tenant) {
        return CommandRequest.of(new Make(tenant, new UUID(2, keys++)), new UUID(1, keys++));
    }

    private @Nullable Rejection enter(CommandRequest request) {
        storedQuota.before(request);
        return storedQuota.check(request);
    }

    private void answer(CommandRequest request, Outcome outcome) {
        storedQuota.after(request, outcome);
    }

    private static Outcome accepted(CommandRequest request, boolean repeated) {
        return new Outcome.Accepted(0, 0, 0, 1, List.of(new Made(((Make) request.command()).id())), repeated);
    }
}
