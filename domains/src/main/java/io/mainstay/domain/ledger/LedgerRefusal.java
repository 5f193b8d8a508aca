package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;

/** Every rule of the ledger that a command may break, by the code that callers see. Codes never change. */
public enum LedgerRefusal {
    ACCOUNT_UNKNOWN(Kind.UNKNOWN, "account-unknown", "The tenant has no such account."),
    ACCOUNT_EXISTS(Kind.CONFLICT, "account-exists", "An account of this id is open or was."),
    ACCOUNT_FROZEN(Kind.REFUSED, "account-frozen", "The account is frozen."),
    ACCOUNT_NOT_FROZEN(Kind.REFUSED, "account-not-frozen", "The account is not frozen."),
    ACCOUNT_CLOSED(Kind.REFUSED, "account-closed", "The account is closed."),
    ACCOUNT_NOT_EMPTY(
            Kind.REFUSED, "account-not-empty", "The account has a balance, or something is reserved or expected."),
    ACCOUNT_REPEATED(Kind.INVALID, "account-repeated", "An account occurs in more than one leg."),
    SAME_ACCOUNT(Kind.INVALID, "same-account", "An account cannot transfer to itself."),
    ASSET_EXISTS(Kind.CONFLICT, "asset-exists", "The tenant's asset has a scale already, which never changes."),
    ASSET_MISMATCH(Kind.INVALID, "asset-mismatch", "The account holds another asset."),
    ASSET_REQUIRED(
            Kind.INVALID, "asset-required", "A leg on another shard has to name its asset if the others have several."),
    ASSET_UNKNOWN(Kind.INVALID, "asset-unknown", "The tenant has defined no such asset, and ISO 4217 has none."),
    BALANCE_OVERFLOW(Kind.INVALID, "balance-overflow", "A balance would leave 64 bits."),
    CONFIRM_TOO_MUCH(Kind.INVALID, "confirm-too-much", "More would be confirmed than was reserved."),
    FUNDS_INSUFFICIENT(Kind.REFUSED, "funds-insufficient", "The available balance would fall below its minimum."),
    LEGS_UNBALANCED(Kind.INVALID, "legs-unbalanced", "The legs of an asset do not add up to zero."),
    LIMIT_EXCEEDED(Kind.REFUSED, "limit-exceeded", "The balance could rise above its maximum."),
    LIMITS_BROKEN(
            Kind.REFUSED,
            "limits-broken",
            "The balance, with what is reserved and expected, is outside the new limits."),
    PARTY_EXISTS(Kind.CONFLICT, "party-exists", "A party of this id is registered already."),
    PARTY_UNKNOWN(Kind.UNKNOWN, "party-unknown", "The tenant has no such party on the account's shard."),
    RESERVATIONS_TOO_MANY(Kind.REFUSED, "reservations-too-many", "The shard holds as many reservations as it may."),
    TRANSFER_EXISTS(Kind.CONFLICT, "transfer-exists", "A transfer of this id was made or is under way."),
    TRANSFER_EXPIRED(Kind.REFUSED, "transfer-expired", "The reservation has expired."),
    TRANSFER_NOT_POSTED(Kind.REFUSED, "transfer-not-posted", "The transfer has moved nothing that could be reversed."),
    TRANSFER_NOT_RESERVED(
            Kind.REFUSED, "transfer-not-reserved", "The transfer is not reserved any more, or never was."),
    TRANSFER_REVERSED(Kind.REFUSED, "transfer-reversed", "The transfer is reversed already."),
    TRANSFER_REVERSING(Kind.REFUSED, "transfer-reversing", "The transfer is being reversed."),
    TRANSFER_UNDER_WAY(
            Kind.REFUSED, "transfer-under-way", "Another shard has not answered yet; ask again in a moment."),
    TRANSFER_UNKNOWN(Kind.UNKNOWN, "transfer-unknown", "The tenant has no such transfer, or it was forgotten.");

    private final Kind kind;
    private final String code;
    private final String meaning;

    LedgerRefusal(Kind kind, String code, String meaning) {
        this.kind = kind;
        this.code = code;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    /** Stable and machine-readable. */
    public String code() {
        return code;
    }

    /** One sentence for people who read the documentation. */
    public String meaning() {
        return meaning;
    }

    /**
     * A refusal for this reason.
     *
     * @param pointer JSON pointer to the field of the command that is to blame, or empty
     */
    Rejection because(String message, String pointer) {
        return new Rejection(kind, code, message, pointer);
    }

    Decision<LedgerEvent> reject(String message, String pointer) {
        return Decision.reject(because(message, pointer));
    }
}
