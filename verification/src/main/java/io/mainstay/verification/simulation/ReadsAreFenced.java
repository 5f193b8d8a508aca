package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.Optional;

/** A reader sees what the durable commands made, no more; and no less than was answered when he asked. */
final class ReadsAreFenced implements Invariant {
    @Override
    public void read(Reading reading) {
        if (reading.nextOffset() < reading.answeredBefore()) {
            throw broken(
                    "shard %d showed offset %d, answered was up to %d",
                    reading.shard().number(), reading.nextOffset(), reading.answeredBefore());
        }
        Optional<AccountView> expected = reading.shard().reference().account(reading.account(), reading.nextOffset());
        if (!reading.seen().equals(expected)) {
            throw broken("at offset %d was seen %s, expected %s", reading.nextOffset(), reading.seen(), expected);
        }
    }
}
