package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandGroup;
import java.util.Optional;
import java.util.UUID;

/** The accounts of one shard, and the ids of its latest transfers. */
public final class LedgerState {
    /** Transfer ids remembered in a shard; a transfer with the id of an older one is not recognized as its repetition. */
    public static final int TRANSFER_IDS_MAX = (1 << 20) - CommandGroup.COMMANDS_MAX;

    private final AccountTable accounts = new AccountTable();
    private final Names assets = new Names();
    private final Names ledgers = new Names();
    private final RecentIds transferIds = new RecentIds(TRANSFER_IDS_MAX);

    LedgerState() {}

    public Optional<AccountView> account(UUID id) {
        int row = accounts.find(id);
        if (row == AccountTable.NONE) {
            return Optional.empty();
        }
        return Optional.of(new AccountView(
                id,
                ledgers.nameOf(accounts.ledger(row)),
                assets.nameOf(accounts.asset(row)),
                accounts.minBalanceMinor(row),
                accounts.balanceMinor(row),
                accounts.version(row)));
    }

    public int accountCount() {
        return accounts.size();
    }

    AccountTable accounts() {
        return accounts;
    }

    String assetOf(int row) {
        return assets.nameOf(accounts.asset(row));
    }

    String ledgerOf(int row) {
        return ledgers.nameOf(accounts.ledger(row));
    }

    RecentIds transferIds() {
        return transferIds;
    }

    /** Puts an account back as a snapshot has it. */
    void restore(AccountView account) {
        accounts.add(
                account.id(),
                ledgers.numberOf(account.ledger()),
                assets.numberOf(account.asset()),
                account.minBalanceMinor());
        accounts.restore(account.balanceMinor(), account.version());
    }

    /** Brings near what {@link #knowsTransfer} will read. */
    long touchTransfer(UUID id) {
        return transferIds.touch(id);
    }

    boolean knowsTransfer(UUID id) {
        return transferIds.contains(id);
    }

    void open(AccountOpened event) {
        accounts.add(
                event.id(), ledgers.numberOf(event.ledger()), assets.numberOf(event.asset()), event.minBalanceMinor());
    }

    void post(TransferPosted event) {
        accounts.move(accounts.find(event.from()), event.fromBalanceMinor());
        accounts.move(accounts.find(event.to()), event.toBalanceMinor());
        transferIds.add(event.id());
    }

    /** Undoes {@link #open} of the account opened last. */
    void unopen(AccountOpened event) {
        accounts.removeLast(event.id());
    }

    /** Undoes {@link #post} of the transfer posted last. */
    void unpost(TransferPosted event) {
        transferIds.removeNewest(event.id());
        accounts.moveBack(accounts.find(event.to()), event.amountMinor());
        accounts.moveBack(accounts.find(event.from()), -event.amountMinor());
    }

    /**
     * An account as it is now.
     *
     * @param minBalanceMinor {@link OpenAccount#UNLIMITED} for none
     */
    public record AccountView(
            UUID id, String ledger, String asset, long minBalanceMinor, long balanceMinor, long version) {}
}
