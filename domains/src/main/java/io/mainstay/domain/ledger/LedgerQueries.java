package io.mainstay.domain.ledger;

import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.projection.Row;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers may ask of the ledger. */
final class LedgerQueries {
    /** Opening an account is its first version, and makes no entry. */
    private static final long OPENING_VERSION = 1;

    private static final Field<UUID> ACCOUNT_ID =
            Field.required("id", FieldType.uuid(), "The account's id.", LedgerExamples.BANK);
    private static final Field<UUID> TRANSFER_ID =
            Field.required("id", FieldType.uuid(), "The transfer's id.", LedgerExamples.TRANSFER);

    private static final Document<Seen<AccountView>> ACCOUNT_NOW = Document.<Seen<AccountView>>named(
                    "Account", "An account.")
            .uuid("id", seen -> seen.value().id(), "", LedgerExamples.BANK)
            .text("ledger", seen -> seen.value().ledger(), "", LedgerExamples.LEDGER)
            .text("asset", seen -> seen.value().asset(), "", LedgerExamples.ASSET)
            .wholeOrNull(
                    "minBalanceMinor",
                    seen -> limitOrNull(seen.value().minBalanceMinor()),
                    "null for no limit.",
                    -50_000)
            .whole("balanceMinor", seen -> seen.value().balanceMinor(), "", -LedgerExamples.AMOUNT)
            .whole("version", seen -> seen.value().version(), "Counts the changes of the account from 1.", 2)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Row> POSTED = Document.<Row>named("Transfer", "A posted transfer.")
            .uuid("id", row -> row.get(LedgerTables.TRANSFER_ID), "", LedgerExamples.TRANSFER)
            .text("status", row -> "posted", "", "posted")
            .uuid("from", row -> row.get(LedgerTables.TRANSFER_FROM), "", LedgerExamples.BANK)
            .uuid("to", row -> row.get(LedgerTables.TRANSFER_TO), "", LedgerExamples.WALLET)
            .text("asset", row -> row.get(LedgerTables.TRANSFER_ASSET), "", LedgerExamples.ASSET)
            .whole("amountMinor", row -> row.get(LedgerTables.TRANSFER_AMOUNT), "", LedgerExamples.AMOUNT)
            .textOrNull("reference", row -> row.find(LedgerTables.TRANSFER_REFERENCE), "", LedgerExamples.REFERENCE)
            .place(row -> row.get(LedgerTables.TRANSFERS.shard()), row -> row.get(LedgerTables.TRANSFER_OFFSET))
            .time("postedAt", row -> row.get(LedgerTables.TRANSFERS.createdAt()), "")
            .build();

    private static final Document<Row> ENTRY = Document.<Row>named("Entry", "One account's side of a transfer.")
            .uuid("id", row -> row.get(LedgerTables.ENTRY_ID), "", LedgerExamples.ENTRY)
            .uuid("transferId", row -> row.get(LedgerTables.ENTRY_TRANSFER), "", LedgerExamples.TRANSFER)
            .uuid(
                    "counterparty",
                    row -> row.get(LedgerTables.ENTRY_COUNTERPARTY),
                    "The account on the other side.",
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

    static final Read<LedgerState> ACCOUNT = new Read.Memory<>(
            Endpoint.of(
                    "read-account",
                    "GET",
                    "/accounts/{id}",
                    LedgerOperations.ACCOUNTS,
                    "Read an account",
                    "From memory, after every command that was answered before. Works without the database.",
                    ACCOUNT_ID),
            ACCOUNT_ID,
            (state, call) -> state.account(call.get(ACCOUNT_ID)),
            ACCOUNT_NOW,
            new Read.Unknown(LedgerRefusals.ACCOUNT_UNKNOWN, call -> "account " + call.get(ACCOUNT_ID)));

    static final Read<LedgerState> ENTRIES = new Read.Listing<>(
            Endpoint.of(
                    "list-entries",
                    "GET",
                    "/accounts/{id}/entries",
                    LedgerOperations.ACCOUNTS,
                    "Read an account's history",
                    "From the projection, newest first. The page is at least as new as the account is now, if the"
                            + " projection makes it within `mainstay.read.wait`; `projection` states how far it had come.",
                    ACCOUNT_ID),
            LedgerTables.ENTRIES,
            List.of(new Read.Condition(LedgerTables.ENTRY_ACCOUNT, call -> call.get(ACCOUNT_ID))),
            LedgerTables.ENTRY_VERSION,
            ACCOUNT_ID,
            (state, call) -> state.account(call.get(ACCOUNT_ID))
                    .map(account -> OptionalLong.of(account.version() == OPENING_VERSION ? 0 : account.version()))
                    .orElseGet(OptionalLong::empty),
            ENTRY,
            "Entries",
            "entries",
            new Read.Unknown(LedgerRefusals.ACCOUNT_UNKNOWN, call -> "account " + call.get(ACCOUNT_ID)));

    static final Read<LedgerState> TRANSFER = new Read.Lookup<>(
            Endpoint.of(
                    "read-transfer",
                    "GET",
                    "/transfers/{id}",
                    LedgerOperations.TRANSFERS,
                    "Read a transfer",
                    "From the projection. A transfer that is not there yet is waited for, until the projection has passed"
                            + " what the engine had done when the request came, or `mainstay.read.wait` is over.",
                    TRANSFER_ID),
            LedgerTables.TRANSFERS,
            List.of(new Read.Condition(LedgerTables.TRANSFER_ID, call -> call.get(TRANSFER_ID))),
            row -> true,
            POSTED,
            new Read.Unknown(LedgerRefusals.TRANSFER_UNKNOWN, call -> "transfer " + call.get(TRANSFER_ID)));

    private LedgerQueries() {}

    static @Nullable Long limitOrNull(long minBalanceMinor) {
        return minBalanceMinor == OpenAccount.UNLIMITED ? null : minBalanceMinor;
    }
}
