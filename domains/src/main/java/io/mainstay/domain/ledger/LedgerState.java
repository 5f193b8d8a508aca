package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The accounts of one shard with its parties and assets, and its latest transfers.
 *
 * <p>An account takes 72 to 80 bytes ({@link AccountTable}), and what {@link AccountDetails} says if it has an owner or a
 * reference. A finished transfer takes 17 bytes and its id, and 32 bytes a leg if it is more than two accounts of
 * the shard; one that is not finished about 300 bytes.
 */
public final class LedgerState {
    /**
     * Finished transfers remembered in a shard: an older one cannot be reversed, and one with its id is not recognized as
     * its repetition.
     */
    public static final int TRANSFER_IDS_MAX = (1 << 20) - CommandGroup.COMMANDS_MAX;

    /** Transfers of a shard that are not finished: reserved, expected, or waiting for other shards. */
    public static final int RESERVATIONS_MAX = 1_000_000;

    private final AccountTable accounts = new AccountTable();
    private final AccountDetails details = new AccountDetails();
    private final LimitTable limits = new LimitTable();
    private final Assets assets = new Assets();
    private final Names ledgers = new Names();
    private final PartyTable parties = new PartyTable();
    private final TransferTable transfers = new TransferTable(TRANSFER_IDS_MAX);
    private final PendingTransfers pending = new PendingTransfers();

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

    /** A transfer that this shard has not forgotten, or its part of another shard's. */
    public Optional<TransferView> transfer(UUID id) {
        Pending unfinished = pending.find(id);
        if (unfinished != null) {
            return Optional.of(new TransferView(
                    unfinished.tenant(),
                    id,
                    unfinished.stage(),
                    unfinished.legs(),
                    unfinished.elsewhere(),
                    unfinished.expiresMicros()));
        }
        long position = transfers.find(id);
        return position == TransferTable.NONE ? Optional.empty() : Optional.of(finished(position));
    }

    /** What of a tenant's asset left this shard's accounts for others, less what came: with it, their balances add up to 0. */
    public long inFlightMinor(String tenant, String code) {
        int number = assets.find(tenant, code);
        return number == Assets.NONE ? 0 : assets.get(number).inFlightMinor();
    }

    /** What a tenant has defined here, or holds, by code. */
    List<AssetView> assetsOf(String tenant) {
        return assets.sorted().stream()
                .filter(asset -> asset.tenant().equals(tenant))
                .map(asset -> new AssetView(
                        asset.code(),
                        asset.scale() == Assets.SCALE_UNKNOWN ? OptionalInt.empty() : OptionalInt.of(asset.scale()),
                        asset.inFlightMinor()))
                .toList();
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

    void aggregates(BiConsumer<String, UUID> each) {
        for (int row = 0; row < accounts.size(); row++) {
            each.accept(tenantOf(row), accounts.id(row));
        }
        for (int number = 0; number < parties.size(); number++) {
            PartyView party = parties.get(number);
            each.accept(party.tenant(), party.id());
        }
    }

    long version(UUID aggregate) {
        int row = accounts.find(aggregate);
        if (row != AccountTable.NONE) {
            return accounts.version(row);
        }
        int party = parties.find(aggregate);
        if (party != PartyTable.NONE) {
            return parties.get(party).version();
        }
        Pending unfinished = pending.find(aggregate);
        if (unfinished != null) {
            return unfinished.stage().version();
        }
        long position = transfers.find(aggregate);
        return position == TransferTable.NONE ? 0 : transfers.stage(position).version();
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

    TransferTable transfers() {
        return transfers;
    }

    PendingTransfers pending() {
        return pending;
    }

    /** Brings near what {@link #knowsTransfer} will read. */
    long touchTransfer(UUID id) {
        return transfers.touch(id);
    }

    boolean knowsTransfer(UUID id) {
        return transfers.find(id) != TransferTable.NONE || pending.find(id) != null;
    }

    /** Hot: one call per transfer. */
    void post(TransferPosted event) {
        int from = accounts.find(event.from());
        int to = accounts.find(event.to());
        accounts.move(from, event.fromBalanceMinor());
        accounts.move(to, event.toBalanceMinor());
        transfers.add(event.id(), TransferStage.POSTED, from, to, event.amountMinor());
    }

    /** Undoes {@link #post} of the transfer posted last. */
    void unpost(TransferPosted event) {
        transfers.removeNewest(event.id());
        accounts.moveBack(accounts.find(event.to()), event.amountMinor());
        accounts.moveBack(accounts.find(event.from()), -event.amountMinor());
    }

    void move(Entry entry) {
        int row = accounts.find(entry.account());
        accounts.setAmounts(row, entry.balanceMinor(), entry.reservedMinor(), entry.expectedMinor());
        accounts.setVersion(row, entry.version());
        assets.leave(accounts.asset(row), -entry.balanceChangeMinor());
    }

    /** Undoes {@link #move}. */
    void moveBack(Entry entry) {
        int row = accounts.find(entry.account());
        accounts.setAmounts(
                row,
                entry.balanceMinor() - entry.balanceChangeMinor(),
                entry.reservedMinor() - entry.reservedChangeMinor(),
                entry.expectedMinor() - entry.expectedChangeMinor());
        accounts.setVersion(row, entry.version() - 1);
        assets.leave(accounts.asset(row), entry.balanceChangeMinor());
    }

    /** Remembers a finished transfer with its legs. */
    void finish(String tenant, UUID id, TransferStage stage, List<Leg> here, List<FarLeg> elsewhere) {
        if (elsewhere.isEmpty()
                && here.size() == 2
                && here.get(0).isDebit() != here.get(1).isDebit()) {
            int debit = here.get(0).isDebit() ? 0 : 1;
            transfers.add(
                    id,
                    stage,
                    accounts.find(here.get(debit).account()),
                    accounts.find(here.get(1 - debit).account()),
                    here.get(1 - debit).amountMinor());
            return;
        }
        LegRing legs = transfers.legs();
        for (Leg leg : here) {
            legs.add(leg.account(), assets.numberOf(tenant, leg.asset()), leg.amountMinor(), LegRing.HERE);
        }
        for (FarLeg far : elsewhere) {
            Leg leg = far.leg();
            legs.add(leg.account(), assets.numberOf(tenant, leg.asset()), leg.amountMinor(), far.shard());
        }
        transfers.addWithLegs(id, stage, here.size() + elsewhere.size());
    }

    /** A finished transfer; without legs, and of no tenant, if only its id is remembered. */
    TransferView finished(long position) {
        UUID id = transfers.id(position);
        TransferStage stage = transfers.stage(position);
        if (transfers.hasRows(position)) {
            int from = transfers.fromRow(position);
            int to = transfers.toRow(position);
            long amountMinor = transfers.amountMinor(position);
            return new TransferView(
                    tenantOf(from),
                    id,
                    stage,
                    List.of(
                            new Leg(accounts.id(from), assetOf(from), -amountMinor),
                            new Leg(accounts.id(to), assetOf(to), amountMinor)),
                    List.of(),
                    0);
        }
        List<Leg> here = new ArrayList<>();
        List<FarLeg> elsewhere = new ArrayList<>();
        LegRing legs = transfers.legs();
        String tenant = "";
        long first = transfers.firstLeg(position);
        for (long at = first; at < first + transfers.legCount(position); at++) {
            Assets.Asset asset = assets.get(legs.asset(at));
            tenant = asset.tenant();
            Leg leg = new Leg(legs.account(at), asset.code(), legs.amountMinor(at));
            if (legs.shard(at) == LegRing.HERE) {
                here.add(leg);
            } else {
                elsewhere.add(new FarLeg(legs.shard(at), leg));
            }
        }
        return new TransferView(tenant, id, stage, here, elsewhere, 0);
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

    /**
     * A transfer as far as this shard knows it.
     *
     * @param legs here; none if the shard has forgotten them
     * @param elsewhere on other shards, if this one is the transfer's home
     * @param expiresMicros of a reservation, since the epoch; else 0
     */
    public record TransferView(
            String tenant, UUID id, TransferStage stage, List<Leg> legs, List<FarLeg> elsewhere, long expiresMicros) {
        public TransferView {
            legs = List.copyOf(legs);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /**
     * An asset on this shard.
     *
     * @param scale empty if accounts hold it that are older than its definition
     * @param inFlightMinor what left this shard's accounts for others, less what came
     */
    record AssetView(String code, OptionalInt scale, long inFlightMinor) {}

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
