package io.mainstay.domain.ledger;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Operation;
import java.util.UUID;

/** What callers may do with the ledger. */
final class LedgerOperations {
    static final String ACCOUNTS = "Accounts";
    static final String TRANSFERS = "Transfers";

    private static final Field<UUID> ACCOUNT_ID =
            Field.free("id", FieldType.uuid(), "Made from the idempotency key if absent.", LedgerExamples.BANK);
    private static final Field<String> LEDGER = Field.optional(
            "ledger",
            FieldType.text(1, OpenAccount.LEDGER_LENGTH_MAX),
            "main",
            "Accounts of one ledger share a shard and can pay each other.",
            LedgerExamples.LEDGER);
    private static final Field<String> ASSET = Field.required(
            "asset",
            FieldType.text(OpenAccount.ASSET, "has to be 3 to 12 capital letters or digits"),
            "What the account holds: capital letters and digits.",
            LedgerExamples.ASSET);
    private static final Field<Long> MIN_BALANCE = Field.optional(
                    "minBalanceMinor",
                    FieldType.whole(OpenAccount.UNLIMITED + 1, 0),
                    0L,
                    "The lowest balance that a transfer may leave; null for no limit.",
                    -50_000L)
            .orNull(OpenAccount.UNLIMITED);

    private static final Field<UUID> TRANSFER_ID =
            Field.free("id", FieldType.uuid(), "Made from the idempotency key if absent.", LedgerExamples.TRANSFER);
    private static final Field<UUID> FROM =
            Field.required("from", FieldType.uuid(), "The account that pays.", LedgerExamples.BANK);
    private static final Field<UUID> TO =
            Field.required("to", FieldType.uuid(), "Another account than from.", LedgerExamples.WALLET);
    private static final Field<Long> AMOUNT = Field.required(
            "amountMinor", FieldType.whole(1, Long.MAX_VALUE), "Without fraction and exponent.", LedgerExamples.AMOUNT);
    private static final Field<String> REFERENCE = Field.optional(
                    "reference",
                    FieldType.text(0, PostTransfer.REFERENCE_LENGTH_MAX),
                    "",
                    "Text for people, 140 UTF-16 units at most, without NUL.",
                    LedgerExamples.REFERENCE)
            .orNull("");

    private static final Document<Fact<AccountOpened>> OPENED = Document.<Fact<AccountOpened>>named(
                    "AccountOpened", "The account when it was opened.")
            .uuid("id", fact -> fact.event().id(), "", LedgerExamples.BANK)
            .text("ledger", fact -> fact.event().ledger(), "", LedgerExamples.LEDGER)
            .text("asset", fact -> fact.event().asset(), "", LedgerExamples.ASSET)
            .wholeOrNull(
                    "minBalanceMinor",
                    fact -> LedgerQueries.limitOrNull(fact.event().minBalanceMinor()),
                    "null for no limit.",
                    -50_000)
            .whole("balanceMinor", fact -> 0, "", 0)
            .whole("version", Fact::version, "Counts the changes of the account from 1.", 1)
            .place(Fact::shard, Fact::offset)
            .time("openedAt", Fact::time, "")
            .build();

    private static final Document<Fact<TransferPosted>> POSTED = Document.<Fact<TransferPosted>>named(
                    "TransferPosted", "A transfer, with what it left behind.")
            .uuid("id", fact -> fact.event().id(), "", LedgerExamples.TRANSFER)
            .text("status", fact -> "posted", "", "posted")
            .uuid("from", fact -> fact.event().from(), "", LedgerExamples.BANK)
            .uuid("to", fact -> fact.event().to(), "", LedgerExamples.WALLET)
            .text("asset", fact -> fact.event().asset(), "", LedgerExamples.ASSET)
            .whole("amountMinor", fact -> fact.event().amountMinor(), "", LedgerExamples.AMOUNT)
            .textOrNull("reference", fact -> fact.event().reference(), "", LedgerExamples.REFERENCE)
            .whole("fromBalanceMinor", fact -> fact.event().fromBalanceMinor(), "", -LedgerExamples.AMOUNT)
            .whole("fromVersion", fact -> fact.event().fromVersion(), "", 2)
            .whole("toBalanceMinor", fact -> fact.event().toBalanceMinor(), "", LedgerExamples.AMOUNT)
            .whole("toVersion", fact -> fact.event().toVersion(), "", 2)
            .whole("version", fact -> fact.event().fromVersion(), "The same as fromVersion.", 2)
            .place(Fact::shard, Fact::offset)
            .time("postedAt", Fact::time, "")
            .build();

    static final Operation<LedgerCommand> OPEN_ACCOUNT = Operation.<LedgerCommand>at(Endpoint.of(
                    "open-account",
                    "POST",
                    "/accounts",
                    ACCOUNTS,
                    "Open an account",
                    "The account has a balance of 0 and version 1."))
            .body(ACCOUNT_ID, LEDGER, ASSET, MIN_BALANCE)
            .making("account", ACCOUNT_ID)
            .answers(Answer.created(
                    AccountOpened.class, "The account is open.", OPENED, opened -> "/accounts/" + opened.id()))
            .gives(
                    (call, id) -> new OpenAccount(id, call.get(LEDGER), call.get(ASSET), call.get(MIN_BALANCE)),
                    LedgerRefusals.ACCOUNT_EXISTS);

    static final Operation<LedgerCommand> POST_TRANSFER = Operation.<LedgerCommand>at(Endpoint.of(
                    "post-transfer",
                    "POST",
                    "/transfers",
                    TRANSFERS,
                    "Move an amount",
                    "From one account to another of the same asset and ledger, at once."))
            .body(TRANSFER_ID, FROM, TO, AMOUNT, REFERENCE)
            .rule(call -> !call.get(FROM).equals(call.get(TO)), TO, "has to name another account than 'from'")
            .making("transfer", TRANSFER_ID)
            .versioned("the account `from`")
            .answers(Answer.created(
                    TransferPosted.class,
                    "The transfer is posted; the balances and versions are those after it.",
                    POSTED,
                    posted -> "/transfers/" + posted.id()))
            .gives(
                    (call, id) ->
                            new PostTransfer(id, call.get(FROM), call.get(TO), call.get(AMOUNT), call.get(REFERENCE)),
                    LedgerRefusals.ASSET_MISMATCH,
                    LedgerRefusals.BALANCE_OVERFLOW,
                    LedgerRefusals.ACCOUNT_UNKNOWN,
                    LedgerRefusals.TRANSFER_EXISTS,
                    LedgerRefusals.FUNDS_INSUFFICIENT);

    private LedgerOperations() {}
}
