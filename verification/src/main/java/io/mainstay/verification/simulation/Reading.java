package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.Optional;
import java.util.UUID;

/**
 * What a reader saw.
 *
 * @param nextOffset every command below this offset is said to be in the reading
 * @param answeredBefore every command below this offset was answered when the reader asked
 */
record Reading(SimulatedShard shard, UUID account, Optional<AccountView> seen, long nextOffset, long answeredBefore) {}
