package io.mainstay.domain.ledger;

import io.mainstay.core.access.Refusal;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;
import java.util.Arrays;

/** Every rule of the ledger that a command may break, by the code that callers see. Codes never change. */
public enum LedgerRefusal {
    ACCOUNT_UNKNOWN(
            Kind.UNKNOWN,
            "account-unknown",
            "The tenant has no such account.",
            "There is no account " + LedgerExamples.WALLET + ".",
            ""),
    ACCOUNT_EXISTS(
            Kind.CONFLICT,
            "account-exists",
            "An account of this id is open or was.",
            "Account " + LedgerExamples.BANK + " is open already.",
            "/id"),
    ACCOUNT_FROZEN(
            Kind.REFUSED,
            "account-frozen",
            "The account is frozen.",
            "Account " + LedgerExamples.WALLET + " is frozen.",
            ""),
    ACCOUNT_NOT_FROZEN(
            Kind.REFUSED,
            "account-not-frozen",
            "The account is not frozen.",
            "Account " + LedgerExamples.WALLET + " is not frozen.",
            "/id"),
    ACCOUNT_CLOSED(
            Kind.REFUSED,
            "account-closed",
            "The account is closed.",
            "Account " + LedgerExamples.WALLET + " is closed.",
            ""),
    ACCOUNT_NOT_EMPTY(
            Kind.REFUSED,
            "account-not-empty",
            "The account has a balance, or something is reserved or expected.",
            "Account " + LedgerExamples.WALLET + " has a balance of 1250, 0 reserved and 0 expected; all have to be 0.",
            "/id"),
    ACCOUNT_REPEATED(
            Kind.INVALID,
            "account-repeated",
            "An account occurs in more than one leg.",
            "Account " + LedgerExamples.WALLET + " occurs twice.",
            "/legs/1/account"),
    SAME_ACCOUNT(
            Kind.INVALID,
            "same-account",
            "An account cannot transfer to itself.",
            "Account " + LedgerExamples.WALLET + " is both from and to.",
            "/to"),
    ASSET_EXISTS(
            Kind.CONFLICT,
            "asset-exists",
            "The tenant's asset has a scale already, which never changes.",
            "Asset " + LedgerExamples.ASSET + " has scale 2 already.",
            "/code"),
    ASSET_MISMATCH(
            Kind.INVALID,
            "asset-mismatch",
            "The account holds another asset.",
            "Account " + LedgerExamples.BANK + " holds EUR and account " + LedgerExamples.WALLET + " holds USD.",
            "/to"),
    ASSET_REQUIRED(
            Kind.INVALID,
            "asset-required",
            "A leg on another shard has to name its asset if the others have several.",
            "The leg of account " + LedgerExamples.WALLET + " has to name its asset.",
            "/legs/1/account"),
    ASSET_UNKNOWN(
            Kind.INVALID,
            "asset-unknown",
            "The tenant has defined no such asset, and ISO 4217 has none.",
            "Asset POINTS is not defined; define it with its scale first.",
            "/asset"),
    BALANCE_OVERFLOW(
            Kind.INVALID,
            "balance-overflow",
            "A balance would leave 64 bits.",
            "The amount 9223372036854775807 would take a balance, or what is reserved or expected, out of 64 bits.",
            "/amountMinor"),
    CONFIRM_TOO_MUCH(
            Kind.INVALID,
            "confirm-too-much",
            "More would be confirmed than was reserved.",
            "Transfer " + LedgerExamples.TRANSFER + " has 1250 reserved, and 9999 would be confirmed.",
            "/amountMinor"),
    FUNDS_INSUFFICIENT(
            Kind.REFUSED,
            "funds-insufficient",
            "The available balance would fall below its minimum.",
            "Account " + LedgerExamples.WALLET + " has 1250 and may not go below 0; the transfer is over 9999.",
            "/amountMinor"),
    LEGS_UNBALANCED(
            Kind.INVALID,
            "legs-unbalanced",
            "The legs of an asset do not add up to zero.",
            "The legs of EUR add up to 5.",
            "/legs"),
    LIMIT_EXCEEDED(
            Kind.REFUSED,
            "limit-exceeded",
            "The balance could rise above its maximum.",
            "Account " + LedgerExamples.WALLET + " may hold 100000 at most.",
            "/amountMinor"),
    LIMITS_BROKEN(
            Kind.REFUSED,
            "limits-broken",
            "The balance, with what is reserved and expected, is outside the new limits.",
            "Account " + LedgerExamples.WALLET
                    + " may fall to 0 and rise to 1250 by what is reserved and expected; the limits are 0 and 1000.",
            "/maxBalanceMinor"),
    PARTY_EXISTS(
            Kind.CONFLICT,
            "party-exists",
            "A party of this id is registered already.",
            "Party " + LedgerExamples.PARTY + " is registered already.",
            "/id"),
    PARTY_UNKNOWN(
            Kind.UNKNOWN,
            "party-unknown",
            "The tenant has no such party on the account's shard.",
            "There is no party " + LedgerExamples.PARTY + " on this shard.",
            ""),
    RESERVATIONS_TOO_MANY(
            Kind.REFUSED,
            "reservations-too-many",
            "The shard holds as many reservations as it may.",
            "The shard has 1000000 transfers that are not finished; confirm or cancel some.",
            ""),
    TRANSFER_EXISTS(
            Kind.CONFLICT,
            "transfer-exists",
            "A transfer of this id was made or is under way.",
            "Transfer " + LedgerExamples.TRANSFER + " exists already.",
            "/id"),
    TRANSFER_EXPIRED(
            Kind.REFUSED,
            "transfer-expired",
            "The reservation has expired.",
            "Transfer " + LedgerExamples.TRANSFER + " has expired.",
            "/id"),
    TRANSFER_NOT_POSTED(
            Kind.REFUSED,
            "transfer-not-posted",
            "The transfer has moved nothing that could be reversed.",
            "Transfer " + LedgerExamples.TRANSFER + " is not posted.",
            "/original"),
    TRANSFER_NOT_RESERVED(
            Kind.REFUSED,
            "transfer-not-reserved",
            "The transfer is not reserved any more, or never was.",
            "Transfer " + LedgerExamples.TRANSFER + " is posted already.",
            "/id"),
    TRANSFER_REVERSED(
            Kind.REFUSED,
            "transfer-reversed",
            "The transfer is reversed already.",
            "Transfer " + LedgerExamples.TRANSFER + " is reversed already.",
            "/original"),
    TRANSFER_REVERSING(
            Kind.REFUSED,
            "transfer-reversing",
            "The transfer is being reversed.",
            "Transfer " + LedgerExamples.TRANSFER + " is being reversed.",
            "/original"),
    TRANSFER_UNDER_WAY(
            Kind.REFUSED,
            "transfer-under-way",
            "Another shard has not answered yet; ask again in a moment.",
            "Transfer " + LedgerExamples.TRANSFER + " is being confirmed; ask again in a moment.",
            "/id"),
    TRANSFER_UNKNOWN(
            Kind.UNKNOWN,
            "transfer-unknown",
            "The tenant has no such transfer, or it was forgotten.",
            "There is no transfer " + LedgerExamples.TRANSFER + ", or it was forgotten.",
            "");

    private final Kind kind;
    private final String code;
    private final String meaning;
    private final String example;
    private final String pointer;

    LedgerRefusal(Kind kind, String code, String meaning, String example, String pointer) {
        this.kind = kind;
        this.code = code;
        this.meaning = meaning;
        this.example = example;
        this.pointer = pointer;
    }

    public Kind kind() {
        return kind;
    }

    /** Stable and machine-readable. */
    public String code() {
        return code;
    }

    /** What callers are told that they may meet. */
    Refusal declared() {
        return switch (kind) {
            case INVALID -> Refusal.invalid(code, meaning, example, pointer);
            case UNKNOWN -> Refusal.unknown(code, meaning, example, pointer);
            case CONFLICT -> Refusal.conflict(code, meaning, example, pointer);
            case REFUSED -> Refusal.refused(code, meaning, example, pointer);
        };
    }

    /** The same of several. */
    static Refusal[] anyOf(LedgerRefusal... refusals) {
        return Arrays.stream(refusals).map(LedgerRefusal::declared).toArray(Refusal[]::new);
    }

    /**
     * A refusal for this reason.
     *
     * @param faulty JSON pointer to the field of the command that is to blame, or empty
     */
    Rejection because(String message, String faulty) {
        return new Rejection(kind, code, message, faulty);
    }

    Decision<LedgerEvent> reject(String message, String faulty) {
        return Decision.reject(because(message, faulty));
    }
}
