package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandGroup;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The accounts of one shard with its parties and assets, and its latest transfers.
 *
 * <p>An account takes 72 to 80 bytes ({@link AccountTable}), and what {@link AccountDetails} says if it has an owner or a
 * reference.
 */
public final class LedgerState {
    /** Transfer ids remembered in a shard; a transfer with the id of an older one is not recognized as its repetition. */
    public static final int TRANSFER_IDS_MAX = (1 << 20) - CommandGroup.COMMANDS_MAX;

    private final AccountTable accounts = new AccountTable();
    private final AccountDetails details = new AccountDetails();
    private final LimitTable limits = new LimitTable();
    private final Assets assets = new Assets();
    private final Names ledgers = new Names();
    private final PartyTable parties = new PartyTable();
    private final RecentIds transferIds = new RecentIds(TRANSFER_IDS_MAX);

    LedgerState() {}

    public Optional<AccountView> account(UUID id) {
        int row = accounts.find(id);
        return row == AccountTable.NONE ? Optional.empty() : Optional.of(view(row));
    }

    public int accountCount() {
        return accounts.size();
    }

    public Optional<PartyView> party(UUID id) {
        int number = parties.find(id);
        return number == PartyTable.NONE ? Optional.empty() : Optional.of(parties.get(number));
    }

    /** Digits behind the point of a tenant's asset; empty if there is none. */
    public OptionalInt assetScale(String tenant, String code) {
        int scale = assets.scale(tenant, code);
        return scale == Assets.SCALE_UNKNOWN ? OptionalInt.empty() : OptionalInt.of(scale);
    }

    AccountTable accounts() {
        return accounts;
    }

    AccountDetails details() {
        return details;
    }

    LimitTable limits() {
        return limits;
    }

    Assets assets() {
        return assets;
    }

    PartyTable parties() {
        return parties;
    }

    String assetOf(int row) {
        return assets.get(accounts.asset(row)).code();
    }

    String tenantOf(int row) {
        return assets.get(accounts.asset(row)).tenant();
    }

    long minBalanceMinor(int row) {
        return limits.minMinor(accounts.limits(row));
    }

    long maxBalanceMinor(int row) {
        return limits.maxMinor(accounts.limits(row));
    }

    /** The row of a tenant's account, or {@link AccountTable#NONE}. */
    int find(String tenant, UUID id) {
        int row = accounts.find(id);
        return row == AccountTable.NONE || tenantOf(row).equals(tenant) ? row : AccountTable.NONE;
    }

    /** The number of a tenant's party, or {@link PartyTable#NONE}. */
    int findParty(String tenant, UUID id) {
        int number = parties.find(id);
        return number == PartyTable.NONE || parties.get(number).tenant().equals(tenant) ? number : PartyTable.NONE;
    }

    void aggregates(Consumer<UUID> each) {
        accounts.ids(each);
        for (int number = 0; number < parties.size(); number++) {
            each.accept(parties.get(number).id());
        }
    }

    long version(UUID aggregate) {
        int row = accounts.find(aggregate);
        if (row != AccountTable.NONE) {
            return accounts.version(row);
        }
        int party = parties.find(aggregate);
        return party == PartyTable.NONE ? 0 : parties.get(party).version();
    }

    AccountView view(int row) {
        int owner = details.owner(row);
        return new AccountView(
                tenantOf(row),
                accounts.id(row),
                ledgers.nameOf(accounts.ledger(row)),
                assetOf(row),
                minBalanceMinor(row),
                maxBalanceMinor(row),
                accounts.balanceMinor(row),
                accounts.reservedMinor(row),
                accounts.expectedMinor(row),
                accounts.version(row),
                accounts.status(row),
                details.reference(row),
                owner == AccountDetails.NONE
                        ? Optional.empty()
                        : Optional.of(parties.get(owner).id()));
    }

    /** Adds an account as it is. */
    void add(AccountView account) {
        int row = accounts.size();
        accounts.add(
                account.id(),
                ledgers.numberOf(account.ledger()),
                assets.numberOf(account.tenant(), account.asset()),
                limits.acquire(account.minBalanceMinor(), account.maxBalanceMinor()));
        accounts.setAmounts(row, account.balanceMinor(), account.reservedMinor(), account.expectedMinor());
        accounts.setVersion(row, account.version());
        accounts.setStatus(row, account.status());
        details.setReference(row, account.reference());
        account.owner().ifPresent(owner -> details.setOwner(row, parties.find(owner)));
    }

    /** Removes the account added last, which has to be this one. */
    void removeLastAccount(UUID id) {
        int row = accounts.size() - 1;
        limits.release(accounts.limits(row));
        details.setReference(row, "");
        details.setOwner(row, AccountDetails.NONE);
        accounts.removeLast(id);
    }

    void setLimits(int row, long minMinor, long maxMinor) {
        int before = accounts.limits(row);
        accounts.setLimits(row, limits.acquire(minMinor, maxMinor));
        limits.release(before);
    }

    RecentIds transferIds() {
        return transferIds;
    }

    /** Brings near what {@link #knowsTransfer} will read. */
    long touchTransfer(UUID id) {
        return transferIds.touch(id);
    }

    boolean knowsTransfer(UUID id) {
        return transferIds.contains(id);
    }

    void post(TransferPosted event) {
        accounts.move(accounts.find(event.from()), event.fromBalanceMinor());
        accounts.move(accounts.find(event.to()), event.toBalanceMinor());
        transferIds.add(event.id());
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
     * @param maxBalanceMinor {@link OpenAccount#UNLIMITED_MAX} for none
     * @param reservedMinor part of the balance that transfers not yet confirmed may take
     * @param expectedMinor what transfers not yet confirmed, or not yet settled by another shard, may bring
     */
    public record AccountView(
            String tenant,
            UUID id,
            String ledger,
            String asset,
            long minBalanceMinor,
            long maxBalanceMinor,
            long balanceMinor,
            long reservedMinor,
            long expectedMinor,
            long version,
            AccountStatus status,
            String reference,
            Optional<UUID> owner) {
        /** An open account of the tenant of those who name none, with nothing but a lowest balance. */
        public AccountView(
                UUID id, String ledger, String asset, long minBalanceMinor, long balanceMinor, long version) {
            this(
                    "",
                    id,
                    ledger,
                    asset,
                    minBalanceMinor,
                    OpenAccount.UNLIMITED_MAX,
                    balanceMinor,
                    0,
                    0,
                    version,
                    AccountStatus.OPEN,
                    "",
                    Optional.empty());
        }

        /** What a new transfer could take if there were no lowest balance. */
        public long availableMinor() {
            return balanceMinor - reservedMinor;
        }
    }

    /** A party as it is now; name and e-mail are personal data. */
    public record PartyView(String tenant, UUID id, String ledger, String name, String email, long version) {
        PartyView with(String newName, String newEmail, long newVersion) {
            return new PartyView(tenant, id, ledger, newName, newEmail, newVersion);
        }

        @Override
        public String toString() {
            return "PartyView[tenant=" + tenant + ", id=" + id + ", ledger=" + ledger + ", version=" + version + "]";
        }
    }
}
