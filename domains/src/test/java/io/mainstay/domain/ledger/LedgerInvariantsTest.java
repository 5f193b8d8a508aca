package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands against a plain model: the sum stays zero, limits hold, versions count entries. */
final class LedgerInvariantsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moneyOnlyMoves(long seed) {
        Random random = new Random(seed);
        Ledger rules = new Ledger();
        LedgerState state = rules.emptyState();
        Map<UUID, Long> balances = new HashMap<>();
        Map<UUID, Long> versions = new HashMap<>();
        List<UUID> accounts = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            long minBalance = index == 0 ? OpenAccount.UNLIMITED : -random.nextInt(3) * 100L;
            rules.apply(state, new AccountOpened(id, "main", "EUR", minBalance));
            accounts.add(id);
            balances.put(id, 0L);
            versions.put(id, 1L);
        }
        for (int index = 0; index < 20_000; index++) {
            UUID from = accounts.get(random.nextInt(random.nextBoolean() ? 1 : accounts.size()));
            UUID to = accounts.get(1 + random.nextInt(accounts.size() - 1));
            if (from.equals(to)) {
                continue;
            }
            PostTransfer post = new PostTransfer(new UUID(seed, index), from, to, 1 + random.nextInt(500), "");
            if (rules.decide(state, post, CommandContext.of(0, index, index))
                    instanceof Decision.Accepted<LedgerEvent>(var events, var messages)) {
                events.forEach(event -> rules.apply(state, event));
                if (random.nextInt(8) == 0) {
                    events.reversed().forEach(event -> rules.revert(state, event));
                    continue;
                }
                balances.merge(from, -post.amountMinor(), Long::sum);
                balances.merge(to, post.amountMinor(), Long::sum);
                versions.merge(from, 1L, Long::sum);
                versions.merge(to, 1L, Long::sum);
            }
        }
        assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
        for (UUID id : accounts) {
            LedgerState.AccountView account = state.account(id).orElseThrow();
            assertThat(account.balanceMinor())
                    .isEqualTo(balances.get(id))
                    .isGreaterThanOrEqualTo(account.minBalanceMinor());
            assertThat(account.version()).isEqualTo(versions.get(id));
        }
    }
}
