package io.mainstay.verification.benchmark;

import io.mainstay.domain.ledger.PostTransfer;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes transfers between accounts of one shard, each of 100 bytes as the log has it. Not for use by several threads. */
final class Transfers {
    /** Fills a transfer up to 100 bytes in the ledger's codec. */
    private static final String REFERENCE = "invoice 2026-0042, paid by the first of it";

    private final String tenant;
    private final SplittableRandom random;

    Transfers(long seed) {
        this("", seed);
    }

    Transfers(String tenant, long seed) {
        this.tenant = tenant;
        random = new SplittableRandom(seed);
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    UUID[] ids(int count) {
        UUID[] ids = new UUID[count];
        for (int index = 0; index < count; index++) {
            ids[index] = id();
        }
        return ids;
    }

    /** A number from 0 to below the bound. */
    int next(int bound) {
        return random.nextInt(bound);
    }

    /** The id of an account, computed: looking it up would cost the load what a caller does not pay. */
    static UUID accountId(int number) {
        return new UUID((number + 1) * 0x9E3779B97F4A7C15L, (number + 1) * 0xBF58476D1CE4E5B9L);
    }

    /** A transfer between two of so many accounts with {@link #accountId}. Hot: one call per command. */
    PostTransfer between(int accountCount) {
        int from = random.nextInt(accountCount);
        int to = (from + 1 + random.nextInt(accountCount - 1)) % accountCount;
        return new PostTransfer(tenant, id(), accountId(from), accountId(to), 1, REFERENCE);
    }

    /** From one of these accounts to one of those. Hot: one call per command. */
    PostTransfer across(UUID[] payers, UUID[] payees) {
        return new PostTransfer(
                tenant,
                id(),
                payers[random.nextInt(payers.length)],
                payees[random.nextInt(payees.length)],
                1,
                REFERENCE);
    }

    /** Hot: one call per command. */
    PostTransfer between(UUID[] accounts) {
        int from = random.nextInt(accounts.length);
        int to = (from + 1 + random.nextInt(accounts.length - 1)) % accounts.length;
        return new PostTransfer(tenant, id(), accounts[from], accounts[to], 1, REFERENCE);
    }
}
