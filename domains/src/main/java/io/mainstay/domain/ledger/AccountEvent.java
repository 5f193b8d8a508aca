package io.mainstay.domain.ledger;

/** A fact about assets, parties or accounts. */
public sealed interface AccountEvent extends LedgerEvent
        permits AssetDefined,
                PartyRegistered,
                PartyChanged,
                AccountOpened,
                AccountRenamed,
                LimitsSet,
                AccountFrozen,
                AccountUnfrozen,
                AccountClosed {}
