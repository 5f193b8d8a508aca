package io.mainstay.domain.ledger;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.access.Values;
import io.mainstay.core.domain.CommandGroup;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What callers may do with transfers. */
final class TransferOperations {
    private static final long MILLIS = 1000;
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private static final Field<UUID> TRANSFER_ID = LedgerFields.newId(LedgerExamples.TRANSFER);
    private static final Field<UUID> FROM =
            Field.required("from", FieldType.uuid(), "The account that pays.", LedgerExamples.BANK);
    private static final Field<UUID> TO =
            Field.required("to", FieldType.uuid(), "Another account than from.", LedgerExamples.WALLET);
    private static final Field<Long> AMOUNT = Field.required(
            "amountMinor", FieldType.whole(1, Long.MAX_VALUE), "Without fraction and exponent.", LedgerExamples.AMOUNT);
    private static final Field<Long> EXPIRES_IN = Field.optional(
            "expiresInMillis",
            FieldType.whole(ReserveTransfer.EXPIRY_MICROS_MIN / MILLIS, ReserveTransfer.EXPIRY_MICROS_MAX / MILLIS),
            DAY_MILLIS,
            "After which the reservation is released by itself, in milliseconds; a day if absent.",
            DAY_MILLIS);
    private static final Field<Long> PART = Field.optional(
            "amountMinor",
            FieldType.whole(1, Long.MAX_VALUE),
            ConfirmTransfer.ALL,
            "At most what is reserved, and the rest is released; all of it if absent.",
            LedgerExamples.AMOUNT);
    private static final Field<UUID> ORIGINAL =
            Field.required("original", FieldType.uuid(), "The transfer that is taken back.", LedgerExamples.TRANSFER);
    private static final Field<UUID> REVERSAL_ID = LedgerFields.newId(LedgerExamples.REVERSAL);

    private static final Field<UUID> LEG_ACCOUNT =
            Field.required("account", FieldType.uuid(), "Each account occurs once.", LedgerExamples.WALLET);
    private static final Field<String> LEG_ASSET = Field.optional(
            "asset",
            FieldType.text(OpenAccount.ASSET, "has to be 3 to 12 capital letters or digits"),
            "",
            "What the account has to hold; whatever it holds if absent.",
            LedgerExamples.ASSET);
    private static final Field<Long> LEG_AMOUNT = Field.required(
            "amountMinor",
            FieldType.whole(Long.MIN_VALUE + 1, Long.MAX_VALUE),
            "Negative if it leaves the account; not 0.",
            LedgerExamples.AMOUNT);
    private static final Field<List<Values>> LEGS = Field.required(
            "legs",
            FieldType.parts(PostEntries.LEGS_MIN, PostEntries.LEGS_MAX, LEG_ACCOUNT, LEG_ASSET, LEG_AMOUNT),
            "Of each asset, they add up to 0.",
            List.of(
                    Map.of("account", LedgerExamples.BANK.toString(), "amountMinor", -LedgerExamples.AMOUNT),
                    Map.of("account", LedgerExamples.WALLET.toString(), "amountMinor", LedgerExamples.AMOUNT)));

    private static final LedgerRefusal[] MOVING = {
        LedgerRefusal.ACCOUNT_UNKNOWN,
        LedgerRefusal.ACCOUNT_FROZEN,
        LedgerRefusal.ACCOUNT_CLOSED,
        LedgerRefusal.ASSET_MISMATCH,
        LedgerRefusal.BALANCE_OVERFLOW,
        LedgerRefusal.FUNDS_INSUFFICIENT,
        LedgerRefusal.LIMIT_EXCEEDED,
        LedgerRefusal.TRANSFER_EXISTS,
        LedgerRefusal.RESERVATIONS_TOO_MANY
    };

    static final Operation<LedgerCommand> POST = Operation.<LedgerCommand>at(Endpoint.of(
                    "post-transfer",
                    "POST",
                    "/transfers",
                    LedgerFields.TRANSFERS,
                    "Move an amount",
                    "From one account to another of the same asset, at once; between shards, taken first and given"
                            + " later."))
            .body(TRANSFER_ID, FROM, TO, AMOUNT, LedgerFields.REFERENCE)
            .rule(TransferOperations::areTwo, TO, "has to name another account than 'from'")
            .making("transfer", TRANSFER_ID)
            .versioned("the account `from`")
            .answers(Answer.created(
                    TransferPosted.class,
                    "The transfer is posted; the balances and versions are those after it.",
                    TransferDocuments.posted(Moved::of),
                    posted -> place(posted.id())))
            .answers(Answer.created(
                    TakenOut.class,
                    "The transfer is posted; the balances and versions are those after it.",
                    TransferDocuments.posted(Moved::of),
                    posted -> place(posted.id())))
            .running(TransferOperations::place)
            .batch("/transfers/batch", "transfers", CommandGroup.COMMANDS_MAX)
            .gives(
                    (call, id) -> new PostTransfer(
                            call.tenant(),
                            id,
                            call.get(FROM),
                            call.get(TO),
                            call.get(AMOUNT),
                            call.get(LedgerFields.REFERENCE)),
                    refusals(LedgerRefusal.SAME_ACCOUNT));

    private static final Operation<LedgerCommand> RESERVE = Operation.<LedgerCommand>at(Endpoint.of(
                    "reserve-transfer",
                    "POST",
                    "/reservations",
                    LedgerFields.TRANSFERS,
                    "Reserve a transfer",
                    "Sets the amount aside until the transfer is confirmed or cancelled, or expires."))
            .body(TRANSFER_ID, FROM, TO, AMOUNT, LedgerFields.REFERENCE, EXPIRES_IN)
            .rule(TransferOperations::areTwo, TO, "has to name another account than 'from'")
            .making("transfer", TRANSFER_ID)
            .versioned("the account `from`")
            .answers(Answer.created(
                    TransferReserved.class,
                    "The transfer is reserved.",
                    TransferDocuments.reserved(Moved::of),
                    reserved -> place(reserved.id())))
            .answers(Answer.created(
                    AmountHeld.class,
                    "The transfer is reserved.",
                    TransferDocuments.reserved(Moved::of),
                    held -> place(held.id())))
            .running(TransferOperations::place)
            .gives(
                    (call, id) -> new ReserveTransfer(
                            call.tenant(),
                            id,
                            call.get(FROM),
                            call.get(TO),
                            call.get(AMOUNT),
                            call.get(LedgerFields.REFERENCE),
                            call.get(EXPIRES_IN) * MILLIS),
                    refusals(LedgerRefusal.SAME_ACCOUNT));

    private static final Operation<LedgerCommand> CONFIRM = Operation.<LedgerCommand>at(Endpoint.of(
                    "confirm-transfer",
                    "POST",
                    "/transfers/{id}/confirm",
                    LedgerFields.TRANSFERS,
                    "Confirm a reserved transfer",
                    "All of it or a part; the rest is released.",
                    LedgerFields.TRANSFER))
            .body(PART)
            .about(LedgerFields.TRANSFER)
            .answers(Answer.done(
                    TransferConfirmed.class, "The transfer is posted.", TransferDocuments.confirmed(Moved::of)))
            .answers(Answer.done(HeldTaken.class, "The transfer is posted.", TransferDocuments.confirmed(Moved::of)))
            .running(TransferOperations::place)
            .gives(
                    (call, id) -> new ConfirmTransfer(call.tenant(), id, call.get(PART)),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.TRANSFER_UNKNOWN,
                            LedgerRefusal.TRANSFER_NOT_RESERVED,
                            LedgerRefusal.TRANSFER_EXPIRED,
                            LedgerRefusal.TRANSFER_UNDER_WAY,
                            LedgerRefusal.CONFIRM_TOO_MUCH,
                            LedgerRefusal.BALANCE_OVERFLOW));

    private static final Operation<LedgerCommand> CANCEL = Operation.<LedgerCommand>at(Endpoint.of(
                    "cancel-transfer",
                    "POST",
                    "/transfers/{id}/cancel",
                    LedgerFields.TRANSFERS,
                    "Cancel a reserved transfer",
                    "What is reserved is released.",
                    LedgerFields.TRANSFER))
            .about(LedgerFields.TRANSFER)
            .answers(Answer.done(
                    TransferCancelled.class, "The transfer is cancelled.", TransferDocuments.cancelled(Moved::of)))
            .gives(
                    (call, id) -> new CancelTransfer(call.tenant(), id),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.TRANSFER_UNKNOWN,
                            LedgerRefusal.TRANSFER_NOT_RESERVED,
                            LedgerRefusal.TRANSFER_EXPIRED,
                            LedgerRefusal.TRANSFER_UNDER_WAY));

    private static final Operation<LedgerCommand> REVERSE = Operation.<LedgerCommand>at(Endpoint.of(
                    "reverse-transfer",
                    "POST",
                    "/transfers/{original}/reverse",
                    LedgerFields.TRANSFERS,
                    "Reverse a transfer",
                    "A new transfer takes it back, once.",
                    ORIGINAL))
            .body(REVERSAL_ID)
            .making("transfer", REVERSAL_ID)
            .answers(entriesPosted())
            .answers(entriesTaken())
            .running(TransferOperations::place)
            .gives(
                    (call, id) -> new ReverseTransfer(call.tenant(), id, call.get(ORIGINAL)),
                    refusals(
                            LedgerRefusal.TRANSFER_UNKNOWN,
                            LedgerRefusal.TRANSFER_NOT_POSTED,
                            LedgerRefusal.TRANSFER_REVERSED,
                            LedgerRefusal.TRANSFER_REVERSING));

    private static final Operation<LedgerCommand> POST_ENTRIES = Operation.<LedgerCommand>at(Endpoint.of(
                    "post-entries",
                    "POST",
                    "/postings",
                    LedgerFields.TRANSFERS,
                    "Move amounts between several accounts",
                    "2 to 64 legs, all or nothing, on any shards."))
            .body(TRANSFER_ID, LEGS, LedgerFields.REFERENCE)
            .rule(
                    call -> call.get(LEGS).stream().allMatch(leg -> leg.get(LEG_AMOUNT) != 0),
                    LEGS,
                    "has a leg with an amountMinor of 0")
            .making("transfer", TRANSFER_ID)
            .versioned("the first leg's account")
            .answers(entriesPosted())
            .answers(entriesTaken())
            .running(TransferOperations::place)
            .gives(
                    (call, id) -> new PostEntries(call.tenant(), id, legs(call), call.get(LedgerFields.REFERENCE)),
                    refusals(
                            LedgerRefusal.LEGS_UNBALANCED,
                            LedgerRefusal.ACCOUNT_REPEATED,
                            LedgerRefusal.ASSET_REQUIRED));

    static final List<Operation<LedgerCommand>> ALL = List.of(POST, RESERVE, CONFIRM, CANCEL, REVERSE, POST_ENTRIES);

    private TransferOperations() {}

    private static Answer<EntriesPosted> entriesPosted() {
        return Answer.created(
                EntriesPosted.class,
                "The transfer is posted.",
                TransferDocuments.entriesPosted(),
                posted -> place(posted.id()));
    }

    private static Answer<TakenOut> entriesTaken() {
        return Answer.created(
                TakenOut.class,
                "The transfer is posted.",
                TransferDocuments.entriesTaken(),
                taken -> place(taken.id()));
    }

    /** Where to ask for a transfer. */
    private static String place(UUID id) {
        return "/transfers/" + id;
    }

    private static boolean areTwo(Call call) {
        return !call.get(FROM).equals(call.get(TO));
    }

    private static List<Leg> legs(Call call) {
        return call.get(LEGS).stream()
                .map(leg -> new Leg(leg.get(LEG_ACCOUNT), leg.get(LEG_ASSET), leg.get(LEG_AMOUNT)))
                .toList();
    }

    /** What every command that moves something may be refused for, and more. */
    private static Refusal[] refusals(LedgerRefusal... more) {
        return LedgerRefusal.anyOf(
                Stream.concat(Stream.of(MOVING), Stream.of(more)).toArray(LedgerRefusal[]::new));
    }
}
