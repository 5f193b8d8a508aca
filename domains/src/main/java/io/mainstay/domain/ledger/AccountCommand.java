package io.mainstay.domain.ledger;

/** An order about assets, parties or accounts. */
public sealed interface AccountCommand extends LedgerCommand
        permits DefineAsset,
                LearnAsset,
                RegisterParty,
                ChangeParty,
                OpenAccount,
                RenameAccount,
                SetLimits,
                FreezeAccount,
                UnfreezeAccount,
                CloseAccount {}
