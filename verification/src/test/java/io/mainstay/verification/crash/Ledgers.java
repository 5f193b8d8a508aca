package io.mainstay.verification.crash;

import io.mainstay.client.MainstayClient;
import io.mainstay.client.OpenAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The accounts of a run: in each ledger one without limit, where money comes from, and some that may not overdraw. */
final class Ledgers {
    private static final int LEDGERS = 8;
    private static final int WALLETS = 5;
    private static final double FUNDING = 0.3;
    /** Of the transfers that may go to another ledger, and so mostly to another shard. */
    private static final double ABROAD = 0.4;

    private static final int FUNDING_MINOR_MAX = 1_000;
    private static final int PAYMENT_MINOR_MAX = 500;

    private final List<List<UUID>> accounts = new ArrayList<>();
    private final Map<UUID, Long> openedWithMin = new HashMap<>();
    private final Map<UUID, Integer> shardOf = new HashMap<>();

    static Ledgers open(MainstayClient client, RandomGenerator random) {
        Ledgers ledgers = new Ledgers();
        for (int number = 0; number < LEDGERS; number++) {
            List<UUID> ledger = new ArrayList<>();
            OpenAccount order = OpenAccount.holding("EUR").in("crash-" + number);
            ledger.add(ledgers.open(client, order.unlimited().as(uuid(random)), Long.MIN_VALUE));
            for (int wallet = 0; wallet < WALLETS; wallet++) {
                ledger.add(ledgers.open(client, order.as(uuid(random)), 0));
            }
            ledgers.accounts.add(ledger);
        }
        return ledgers;
    }

    Map<UUID, Long> openedWithMin() {
        return openedWithMin;
    }

    Set<Integer> shards() {
        return Set.copyOf(shardOf.values());
    }

    /** The shard of each account. */
    Map<UUID, Integer> shardOf() {
        return shardOf;
    }

    /** A transfer to try: now and then money comes in, else it moves, if it is there. */
    Attempt order(RandomGenerator random) {
        List<UUID> ledger = accounts.get(random.nextInt(accounts.size()));
        boolean funding = random.nextDouble() < FUNDING;
        int from = funding ? 0 : 1 + random.nextInt(WALLETS);
        List<UUID> payees = random.nextDouble() < ABROAD ? accounts.get(random.nextInt(accounts.size())) : ledger;
        int to = (from + 1 + random.nextInt(WALLETS)) % ledger.size();
        int amountMinor = 1 + random.nextInt(funding ? FUNDING_MINOR_MAX : PAYMENT_MINOR_MAX);
        return new Attempt(uuid(random), ledger.get(from), payees.get(to), amountMinor, new Attempt.Unlearned());
    }

    static UUID uuid(RandomGenerator random) {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x4000L,
                (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
    }

    private UUID open(MainstayClient client, OpenAccount order, long minBalanceMinor) {
        var account = client.send(order).value();
        shardOf.put(account.id(), account.position().shard());
        openedWithMin.put(account.id(), minBalanceMinor);
        return account.id();
    }
}
