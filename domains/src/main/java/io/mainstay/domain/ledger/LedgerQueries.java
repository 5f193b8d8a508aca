package io.mainstay.domain.ledger;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.AssetView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import io.mainstay.domain.ledger.LedgerState.TransferView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers may ask of the ledger; of another tenant's things they are told nothing. */
final class LedgerQueries {
    /** Opening an account is its first version, and makes no entry. */
    private static final long OPENING_VERSION = 1;

    private static final String NO_LIMIT = "null for no limit.";

    private static final Document<Seen<AssetView>> ASSET = Document.<Seen<AssetView>>named(
                    "Asset", "An asset on one shard.")
            .text("code", seen -> seen.value().code(), "", LedgerExamples.ASSET)
            .wholeOrNull("scale", seen -> scaleOrNull(seen.value()), "Digits behind the point.", 2)
            .whole(
                    "inFlightMinor",
                    seen -> seen.value().inFlightMinor(),
                    "What left the shard's accounts for those of others, less what came: with it, their balances add up"
                            + " to 0.",
                    0)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Seen<PartyView>> PARTY_NOW = Document.<Seen<PartyView>>named("Party", "A party.")
            .uuid("id", seen -> seen.value().id(), "", LedgerExamples.PARTY)
            .text("ledger", seen -> seen.value().ledger(), "", LedgerExamples.LEDGER)
            .text("name", seen -> seen.value().name(), "Personal data.", "Ada Byron")
            .textOrNull("email", seen -> seen.value().email(), "Personal data.", "ada@example.org")
            .whole("version", seen -> seen.value().version(), "Counts the changes of the party from 1.", 1)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Seen<AccountView>> ACCOUNT_NOW = Document.<Seen<AccountView>>named(
                    "Account", "An account.")
            .uuid("id", seen -> seen.value().id(), "", LedgerExamples.BANK)
            .text("ledger", seen -> seen.value().ledger(), "", LedgerExamples.LEDGER)
            .text("asset", seen -> seen.value().asset(), "", LedgerExamples.ASSET)
            .text("status", seen -> seen.value().status().text(), "open, frozen or closed.", "open")
            .wholeOrNull(
                    "minBalanceMinor",
                    seen -> AccountOperations.minOrNull(seen.value().minBalanceMinor()),
                    NO_LIMIT,
                    -50_000)
            .wholeOrNull(
                    "maxBalanceMinor",
                    seen -> AccountOperations.maxOrNull(seen.value().maxBalanceMinor()),
                    NO_LIMIT,
                    1_000_000)
            .whole("balanceMinor", seen -> seen.value().balanceMinor(), "", -LedgerExamples.AMOUNT)
            .whole(
                    "reservedMinor",
                    seen -> seen.value().reservedMinor(),
                    "Part of the balance that transfers not yet confirmed may take.",
                    0)
            .whole(
                    "expectedMinor",
                    seen -> seen.value().expectedMinor(),
                    "What transfers not yet confirmed, or not yet settled by another shard, may bring.",
                    0)
            .whole(
                    "availableMinor",
                    seen -> seen.value().availableMinor(),
                    "The balance without what is reserved.",
                    -LedgerExamples.AMOUNT)
            .textOrNull("reference", seen -> seen.value().reference(), "", LedgerExamples.REFERENCE)
            .uuidOrNull("owner", seen -> seen.value().owner().orElse(null), "A party.", LedgerExamples.PARTY)
            .whole("version", seen -> seen.value().version(), "Counts the changes of the account from 1.", 2)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Row> ACCOUNT_ROW = Document.<Row>named(
                    "ListedAccount", "An account as the projection shows it.")
            .uuid("id", row -> row.get(LedgerTables.ACCOUNT_ID), "", LedgerExamples.BANK)
            .text("ledger", row -> row.get(LedgerTables.ACCOUNT_LEDGER), "", LedgerExamples.LEDGER)
            .text("asset", row -> row.get(LedgerTables.ACCOUNT_ASSET), "", LedgerExamples.ASSET)
            .text("status", row -> row.get(LedgerTables.ACCOUNT_STATUS), "open, frozen or closed.", "open")
            .wholeOrNull("minBalanceMinor", row -> row.find(LedgerTables.ACCOUNT_MIN_BALANCE), NO_LIMIT, -50_000)
            .wholeOrNull("maxBalanceMinor", row -> row.find(LedgerTables.ACCOUNT_MAX_BALANCE), NO_LIMIT, 1_000_000)
            .whole("balanceMinor", row -> row.get(LedgerTables.ACCOUNT_BALANCE), "", -LedgerExamples.AMOUNT)
            .whole("reservedMinor", row -> row.get(LedgerTables.ACCOUNT_RESERVED), "", 0)
            .whole("expectedMinor", row -> row.get(LedgerTables.ACCOUNT_EXPECTED), "", 0)
            .textOrNull("reference", row -> row.find(LedgerTables.ACCOUNT_REFERENCE), "", LedgerExamples.REFERENCE)
            .uuidOrNull("owner", row -> row.find(LedgerTables.ACCOUNT_OWNER), "A party.", LedgerExamples.PARTY)
            .whole("version", row -> row.get(LedgerTables.ACCOUNT_VERSION), "", 2)
            .whole("shard", row -> row.get(LedgerTables.ACCOUNTS.shard()), "The shard that it lives on.", 2)
            .time("openedAt", row -> row.get(LedgerTables.ACCOUNTS.createdAt()), "")
            .build();

    private static final Document<Row> TRANSFER_ROW = Document.<Row>named("Transfer", "A transfer.")
            .uuid("id", row -> row.get(LedgerTables.TRANSFER_ID), "", LedgerExamples.TRANSFER)
            .text(
                    "status",
                    row -> row.get(LedgerTables.TRANSFER_STATUS),
                    "posted, reserved, in-flight, cancelled, expired or returned.",
                    TransferRows.POSTED)
            .uuidOrNull(
                    "from",
                    row -> row.find(LedgerTables.TRANSFER_FROM),
                    "null if it has more than two accounts.",
                    LedgerExamples.BANK)
            .uuidOrNull(
                    "to",
                    row -> row.find(LedgerTables.TRANSFER_TO),
                    "null if it has more than two accounts.",
                    LedgerExamples.WALLET)
            .textOrNull(
                    "asset",
                    row -> row.find(LedgerTables.TRANSFER_ASSET),
                    "null if it has more than two accounts.",
                    LedgerExamples.ASSET)
            .wholeOrNull(
                    "amountMinor",
                    row -> row.find(LedgerTables.TRANSFER_AMOUNT),
                    "null if it has more than two accounts.",
                    LedgerExamples.AMOUNT)
            .textOrNull("reference", row -> row.find(LedgerTables.TRANSFER_REFERENCE), "", LedgerExamples.REFERENCE)
            .uuidOrNull(
                    "reverses",
                    row -> row.find(LedgerTables.TRANSFER_REVERSES),
                    "The transfer that it takes back.",
                    LedgerExamples.REVERSAL)
            .uuidOrNull(
                    "reversedBy",
                    row -> row.find(LedgerTables.TRANSFER_REVERSED_BY),
                    "The latest transfer that takes it back; that one's status tells whether it did.",
                    LedgerExamples.REVERSAL)
            .timeOrNull("expiresAt", row -> row.find(LedgerTables.TRANSFER_EXPIRES_AT), "Of a reservation.")
            .place(row -> row.get(LedgerTables.TRANSFERS.shard()), row -> row.get(LedgerTables.TRANSFER_OFFSET))
            .time("postedAt", row -> row.get(LedgerTables.TRANSFERS.createdAt()), "When it was posted or reserved.")
            .build();

    private static final Document<Leg> LEG = Document.<Leg>named("TransferLeg", "One account's part of a transfer.")
            .uuid("account", Leg::account, "", LedgerExamples.WALLET)
            .text("asset", Leg::asset, "", LedgerExamples.ASSET)
            .whole("amountMinor", Leg::amountMinor, "Negative if it leaves the account.", LedgerExamples.AMOUNT)
            .build();

    private static final Document<Seen<TransferView>> TRANSFER_NOW = Document.<Seen<TransferView>>named(
                    "TransferState", "How far a transfer is.")
            .uuid("id", seen -> seen.value().id(), "", LedgerExamples.TRANSFER)
            .text(
                    "status",
                    seen -> seen.value().stage().text(),
                    "posted, reserved, in-flight, cancelled, expired, reversing or reversed.",
                    TransferRows.POSTED)
            .timeOrNull("expiresAt", seen -> expiresOrNull(seen.value()), "Of a reservation.")
            .parts("legs", seen -> legs(seen.value()), "", LEG)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Row> ENTRY = Document.<Row>named("Entry", "A change of an account's balance.")
            .uuid("id", row -> row.get(LedgerTables.ENTRY_ID), "", LedgerExamples.ENTRY)
            .uuid("transferId", row -> row.get(LedgerTables.ENTRY_TRANSFER), "", LedgerExamples.TRANSFER)
            .uuidOrNull(
                    "counterparty",
                    row -> row.find(LedgerTables.ENTRY_COUNTERPARTY),
                    "The account on the other side; null if there are several, or only another shard knows.",
                    LedgerExamples.WALLET)
            .whole(
                    "amountMinor",
                    row -> row.get(LedgerTables.ENTRY_AMOUNT),
                    "Negative if it left the account.",
                    -LedgerExamples.AMOUNT)
            .whole(
                    "balanceMinor",
                    row -> row.get(LedgerTables.ENTRY_BALANCE),
                    "The balance after it.",
                    -LedgerExamples.AMOUNT)
            .whole("version", row -> row.get(LedgerTables.ENTRY_VERSION), "The account's version after it.", 2)
            .textOrNull("reference", row -> row.find(LedgerTables.ENTRY_REFERENCE), "", LedgerExamples.REFERENCE)
            .place(row -> row.get(LedgerTables.ENTRIES.shard()), row -> row.get(LedgerTables.ENTRY_OFFSET))
            .time("postedAt", row -> row.get(LedgerTables.ENTRIES.createdAt()), "")
            .build();

    private static final Read.Unknown NO_ACCOUNT = new Read.Unknown(
            LedgerRefusal.ACCOUNT_UNKNOWN.declared(), call -> "account " + call.get(LedgerFields.ACCOUNT));
    private static final Read.Unknown NO_PARTY =
            new Read.Unknown(LedgerRefusal.PARTY_UNKNOWN.declared(), call -> "party " + call.get(LedgerFields.PARTY));
    private static final Read.Unknown NO_TRANSFER = new Read.Unknown(
            LedgerRefusal.TRANSFER_UNKNOWN.declared(), call -> "transfer " + call.get(LedgerFields.TRANSFER));

    private static final Read<LedgerState> LIST_ASSETS = new Read.Everywhere<>(
            Endpoint.of(
                    "list-assets",
                    "GET",
                    "/assets",
                    LedgerFields.ASSETS,
                    "Read the tenant's assets",
                    "From memory: each shard tells the assets that it knows, and what of them is in flight."),
            (state, call) -> state.assetsOf(call.tenant()),
            ASSET,
            "Assets",
            "assets");

    private static final Read<LedgerState> READ_PARTY = new Read.Memory<>(
            Endpoint.of(
                    "read-party",
                    "GET",
                    "/parties/{id}",
                    LedgerFields.PARTIES,
                    "Read a party",
                    "From memory, after every command that was answered before.",
                    LedgerFields.PARTY),
            LedgerFields.PARTY,
            LedgerQueries::party,
            PARTY_NOW,
            NO_PARTY);

    private static final Read<LedgerState> READ_ACCOUNT = new Read.Memory<>(
            Endpoint.of(
                    "read-account",
                    "GET",
                    "/accounts/{id}",
                    LedgerFields.ACCOUNTS,
                    "Read an account",
                    "From memory, after every command that was answered before. Works without the database.",
                    LedgerFields.ACCOUNT),
            LedgerFields.ACCOUNT,
            LedgerQueries::account,
            ACCOUNT_NOW,
            NO_ACCOUNT);

    private static final Read<LedgerState> ACCOUNT_CHANGES = new Read.Changes<>(
            Endpoint.of(
                    "list-account-changes",
                    "GET",
                    "/accounts/{id}/changes",
                    LedgerFields.ACCOUNTS,
                    "Read why an account is as it is",
                    "The commands that changed it with their events, oldest first, read back from the log.",
                    LedgerFields.ACCOUNT),
            LedgerFields.ACCOUNT,
            (state, call) -> account(state, call).isPresent(),
            NO_ACCOUNT);

    private static final Read.Listing<LedgerState> LIST_ENTRIES = new Read.Listing<>(
            Endpoint.of(
                    "list-entries",
                    "GET",
                    "/accounts/{id}/entries",
                    LedgerFields.ACCOUNTS,
                    "Read an account's history",
                    "From the projection, newest first. The page is at least as new as the account is now, if the"
                            + " projection makes it within `mainstay.read.wait`; `projection` states how far it had come.",
                    LedgerFields.ACCOUNT),
            LedgerTables.ENTRIES,
            List.of(new Read.Condition(LedgerTables.ENTRY_ACCOUNT, call -> call.get(LedgerFields.ACCOUNT))),
            LedgerTables.ENTRY_VERSION,
            LedgerFields.ACCOUNT,
            (state, call) -> account(state, call)
                    .map(account -> OptionalLong.of(account.version() == OPENING_VERSION ? 0 : account.version()))
                    .orElseGet(OptionalLong::empty),
            ENTRY,
            "Entries",
            "entries",
            NO_ACCOUNT);

    private static final Read<LedgerState> READ_STATEMENT = new Read.Statement<>(
            Endpoint.of(
                    "read-statement",
                    "GET",
                    "/accounts/{id}/statement",
                    LedgerFields.ACCOUNTS,
                    "Read an account's statement",
                    "From the projection, at one position of it: the balance at `from`, the entries up to `to`, oldest first,"
                            + " and the balance at `to`. The pages of one statement end at the same entry.",
                    LedgerFields.ACCOUNT),
            LIST_ENTRIES,
            LedgerTables.ENTRY_BALANCE,
            "Statement",
            "BalanceMinor");

    private static final Read<LedgerState> LIST_PARTY_ACCOUNTS = new Read.Timeline<>(
            Endpoint.of(
                    "list-party-accounts",
                    "GET",
                    "/parties/{id}/accounts",
                    LedgerFields.PARTIES,
                    "List a party's accounts",
                    "From the projection: the accounts that the party owns, opened last first.",
                    LedgerFields.PARTY),
            LedgerTables.ACCOUNTS,
            List.of(List.of(
                    new Read.Condition(LedgerTables.ACCOUNT_OWNER, call -> call.get(LedgerFields.PARTY)),
                    new Read.Condition(LedgerTables.ACCOUNT_TENANT, Call::tenant))),
            Optional.of(new Read.Guard<>(
                    LedgerFields.PARTY, (state, call) -> party(state, call).isPresent(), NO_PARTY)),
            ACCOUNT_ROW,
            "Accounts",
            "accounts");

    private static final Read<LedgerState> LIST_LEDGER_ACCOUNTS = new Read.Timeline<>(
            Endpoint.of(
                    "list-ledger-accounts",
                    "GET",
                    "/ledgers/{ledger}/accounts",
                    LedgerFields.ACCOUNTS,
                    "List a ledger's accounts",
                    "From the projection: the accounts of the tenant's ledger, opened last first; none if there is no such"
                            + " ledger.",
                    LedgerFields.LEDGER_NAME),
            LedgerTables.ACCOUNTS,
            List.of(List.of(
                    new Read.Condition(LedgerTables.ACCOUNT_TENANT, Call::tenant),
                    new Read.Condition(LedgerTables.ACCOUNT_LEDGER, call -> call.get(LedgerFields.LEDGER_NAME)))),
            Optional.empty(),
            ACCOUNT_ROW,
            "Accounts",
            "accounts");

    private static final Read<LedgerState> LIST_ACCOUNT_TRANSFERS = new Read.Timeline<>(
            Endpoint.of(
                    "list-account-transfers",
                    "GET",
                    "/accounts/{id}/transfers",
                    LedgerFields.ACCOUNTS,
                    "List an account's transfers",
                    "From the projection: transfers from the account or to it, the latest first, also those reserved or"
                            + " cancelled. Postings of more than two accounts are among its entries only.",
                    LedgerFields.ACCOUNT),
            LedgerTables.TRANSFERS,
            List.of(transfersBy(LedgerTables.TRANSFER_FROM), transfersBy(LedgerTables.TRANSFER_TO)),
            Optional.of(new Read.Guard<>(
                    LedgerFields.ACCOUNT, (state, call) -> account(state, call).isPresent(), NO_ACCOUNT)),
            TRANSFER_ROW,
            "Transfers",
            "transfers");

    private static final Read<LedgerState> READ_TRANSFER = new Read.Lookup<>(
            Endpoint.of(
                    "read-transfer",
                    "GET",
                    "/transfers/{id}",
                    LedgerFields.TRANSFERS,
                    "Read a transfer",
                    "From the projection. A transfer that is not there yet is waited for, until the projection has passed"
                            + " what the engine had done when the request came, or `mainstay.read.wait` is over.",
                    LedgerFields.TRANSFER),
            LedgerTables.TRANSFERS,
            List.of(
                    new Read.Condition(LedgerTables.TRANSFER_ID, call -> call.get(LedgerFields.TRANSFER)),
                    new Read.Condition(LedgerTables.TRANSFER_TENANT, Call::tenant)),
            LedgerQueries::isFinal,
            TRANSFER_ROW,
            NO_TRANSFER);

    private static final Read<LedgerState> READ_TRANSFER_STATE = new Read.Anywhere<>(
            Endpoint.of(
                    "read-transfer-state",
                    "GET",
                    "/transfers/{id}/state",
                    LedgerFields.TRANSFERS,
                    "Read how far a transfer is",
                    "From memory, after every command that was answered before; of the newest million of each shard, and of"
                            + " all that are reserved or in flight.",
                    LedgerFields.TRANSFER),
            (state, call) -> state.transfer(call.get(LedgerFields.TRANSFER))
                    .filter(transfer -> transfer.stage().version() > 0
                            && !legs(transfer).isEmpty()
                            && transfer.tenant().equals(call.tenant())),
            TRANSFER_NOW,
            NO_TRANSFER);

    static final List<Read<LedgerState>> ALL = List.of(
            LIST_ASSETS,
            READ_PARTY,
            LIST_PARTY_ACCOUNTS,
            READ_ACCOUNT,
            LIST_LEDGER_ACCOUNTS,
            ACCOUNT_CHANGES,
            LIST_ENTRIES,
            READ_STATEMENT,
            LIST_ACCOUNT_TRANSFERS,
            READ_TRANSFER,
            READ_TRANSFER_STATE);

    private LedgerQueries() {}

    private static Optional<AccountView> account(LedgerState state, Call call) {
        return state.account(call.get(LedgerFields.ACCOUNT))
                .filter(account -> account.tenant().equals(call.tenant()));
    }

    private static Optional<PartyView> party(LedgerState state, Call call) {
        return state.party(call.get(LedgerFields.PARTY))
                .filter(party -> party.tenant().equals(call.tenant()));
    }

    private static List<Read.Condition> transfersBy(Column<UUID> account) {
        return List.of(
                new Read.Condition(account, call -> call.get(LedgerFields.ACCOUNT)),
                new Read.Condition(LedgerTables.TRANSFER_TENANT, Call::tenant));
    }

    private static boolean isFinal(Row row) {
        return switch (row.get(LedgerTables.TRANSFER_STATUS)) {
            case TransferRows.POSTED, TransferRows.CANCELLED, TransferRows.EXPIRED -> true;
            default -> false;
        };
    }

    private static List<Leg> legs(TransferView transfer) {
        return Stream.concat(
                        transfer.legs().stream(), transfer.elsewhere().stream().map(FarLeg::leg))
                .toList();
    }

    private static @Nullable Instant expiresOrNull(TransferView transfer) {
        return transfer.expiresMicros() == 0 ? null : Moved.time(transfer.expiresMicros());
    }

    private static @Nullable Long scaleOrNull(AssetView asset) {
        return asset.scale().isPresent() ? (long) asset.scale().getAsInt() : null;
    }
}
