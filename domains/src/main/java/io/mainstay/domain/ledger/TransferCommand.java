package io.mainstay.domain.ledger;

/** An order about a transfer, as callers give it. */
public sealed interface TransferCommand extends LedgerCommand
        permits PostTransfer, ReserveTransfer, ConfirmTransfer, CancelTransfer, ReverseTransfer, PostEntries {}
