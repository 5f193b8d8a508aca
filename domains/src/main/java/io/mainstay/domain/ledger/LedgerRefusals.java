package io.mainstay.domain.ledger;

import io.mainstay.core.access.Refusal;

/** All that the ledger refuses, in one place: what callers are told that they may meet. */
final class LedgerRefusals {
    static final Refusal ACCOUNT_UNKNOWN = Refusal.unknown(
            "account-unknown", "There is no such account.", "There is no account " + LedgerExamples.WALLET + ".", "");
    static final Refusal ACCOUNT_EXISTS = Refusal.conflict(
            "account-exists",
            "An account with this id is open already.",
            "Account " + LedgerExamples.BANK + " is open already.",
            "/id");
    static final Refusal TRANSFER_UNKNOWN = Refusal.unknown(
            "transfer-unknown",
            "There is no such transfer, or the projection has not come to it in time; `detail` tells which.",
            "There is no transfer " + LedgerExamples.TRANSFER + ".",
            "");
    static final Refusal TRANSFER_EXISTS = Refusal.conflict(
            "transfer-exists",
            "A transfer with this id is posted already, by a request with another key.",
            "Transfer " + LedgerExamples.TRANSFER + " is posted already.",
            "/id");
    static final Refusal ASSET_MISMATCH = Refusal.invalid(
            "asset-mismatch",
            "The accounts hold different assets.",
            "Account " + LedgerExamples.BANK + " holds EUR and account " + LedgerExamples.WALLET + " holds USD.",
            "/to");
    static final Refusal BALANCE_OVERFLOW = Refusal.invalid(
            "balance-overflow",
            "A balance would leave 64 bits.",
            "The amount 9223372036854775807 would take a balance out of 64 bits.",
            "/amountMinor");
    static final Refusal FUNDS_INSUFFICIENT = Refusal.refused(
            "funds-insufficient",
            "The account may not go that low.",
            "Account " + LedgerExamples.WALLET + " has 1250 and may not go below 0; the transfer is over 9999.",
            "/amountMinor");

    private LedgerRefusals() {}
}
