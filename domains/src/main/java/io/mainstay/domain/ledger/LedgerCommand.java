package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Command;

/** An order to the ledger. */
public sealed interface LedgerCommand extends Command permits AccountCommand, TransferCommand, LegCommand {}
