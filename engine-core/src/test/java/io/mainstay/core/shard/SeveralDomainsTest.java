package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.CounterDomain.Add;
import io.mainstay.core.shard.CounterDomain.Added;
import io.mainstay.core.shard.StockDomain.Change;
import io.mainstay.core.shard.StockDomain.Changed;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two domains in one shard: one log, one order, one snapshot, and transactions over both (M4, G2). */
final class SeveralDomainsTest {
    private static final UUID ARTICLE = new UUID(5, 5);

    private final TestShard shard = new TestShard(TestShard.CONFIG);

    SeveralDomainsTest() {
        shard.install(new CounterDomain(1), new StockDomain());
        shard.restart();
    }

    @Test
    void eachCommandIsDecidedByItsDomain() {
        assertThat(shard.decide(1, new Add(5)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events()).isEqualTo(List.of(new Added(5, 5))));
        assertThat(shard.decide(2, new Change(ARTICLE, 3)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events()).isEqualTo(List.of(new Changed(ARTICLE, 3))));
    }

    @Test
    void aGroupIsOneTransactionOverBoth() {
        shard.decide(1, new Change(ARTICLE, 3));
        Outcome bought = shard.decide(2, group(100, -2));
        Outcome soldOut = shard.decide(3, group(100, -2));
        assertThat(bought)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events())
                                .isEqualTo(List.of(new Added(100, 100), new Changed(ARTICLE, -2))));
        assertThat(soldOut)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("sold-out"));
        assertThat(shard.sum()).isEqualTo(100);
        shard.restart();
        assertThat(shard.sum()).isEqualTo(100);
        assertThat(shard.decide(2, group(100, -2))).isInstanceOfSatisfying(Outcome.Accepted.class, again -> {
            assertThat(again.repeated()).isTrue();
            assertThat(again.events()).isEqualTo(((Outcome.Accepted) bought).events());
        });
    }

    @Test
    void aSnapshotHoldsBoth() {
        shard.decide(1, new Change(ARTICLE, 3));
        shard.decide(2, group(7, -1));
        shard.log.retained().truncate(shard.takeSnapshot().sequence(), frame -> {}, () -> {});
        shard.restart();
        assertThat(shard.recovery().snapshot()).isPresent();
        assertThat(shard.sum()).isEqualTo(7);
        assertThat(shard.decide(3, new Change(ARTICLE, -3))).isInstanceOf(Outcome.Rejected.class);
        assertThat(shard.decide(4, new Change(ARTICLE, -2))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void theTailOfOneDomainIsRefusedIfThatDomainIsAnotherVersion() {
        shard.log.holdAppends();
        shard.submit(1, new Change(ARTICLE, 1));
        shard.settle();
        shard.log.syncNext();
        shard.log.crash();
        shard.log.syncAtOnce();
        shard.install(new CounterDomain(2), new StockDomain());
        shard.restart();
        assertThat(shard.recovery().decidedAgain()).isEqualTo(1);
        shard.log.holdAppends();
        shard.submit(2, group(1, 1));
        shard.settle();
        shard.log.syncNext();
        shard.log.crash();
        shard.log.syncAtOnce();
        shard.install(new CounterDomain(3), new StockDomain());
        assertThatThrownBy(shard::restart).hasMessageContaining("allow the tail counter@2");
    }

    @Test
    void numbersAndCommandTypesBelongToOneDomain() {
        assertThatThrownBy(() -> new Domains(List.of(new CounterDomain(1), new CounterDomain(2))))
                .hasMessageContaining("both have number 9");
    }

    private static CommandGroup group(long price, int pieces) {
        return new CommandGroup(List.of(new Do(new Add(price)), new Do(new Change(ARTICLE, pieces))));
    }
}
