package io.mainstay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some transfers of an account, the latest first.
 *
 * @param next cursor of the page with older transfers; null on the last page
 */
public record TransferPage(
        List<Transfer> transfers, @Nullable String next) {
    public TransferPage {
        transfers = List.copyOf(transfers);
    }
}
