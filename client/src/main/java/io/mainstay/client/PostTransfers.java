package io.mainstay.client;

import java.util.List;

/**
 * Post several transfers in one request.
 *
 * @param linked true for all or none, which has to be on one shard; false for each by itself
 */
public record PostTransfers(List<PostTransfer> transfers, boolean linked) implements Order<List<TransferResult>> {
    public PostTransfers {
        transfers = List.copyOf(transfers);
    }
}
