package io.mainstay.client;

/**
 * Something that the server is to do, once for each idempotency key.
 *
 * @param <T> what the server answers
 */
public sealed interface Order<T>
        permits OpenAccount,
                RenameAccount,
                SetLimits,
                FreezeAccount,
                UnfreezeAccount,
                CloseAccount,
                DefineAsset,
                RegisterParty,
                ChangeParty,
                PostTransfer,
                PostTransfers,
                PostEntries,
                ReserveTransfer,
                ConfirmTransfer,
                CancelTransfer,
                ReverseTransfer {}
