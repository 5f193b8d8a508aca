package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Event;

/** A fact in the ledger. */
public sealed interface LedgerEvent extends Event permits TransferPosted, AccountEvent, EntriesEvent {}
