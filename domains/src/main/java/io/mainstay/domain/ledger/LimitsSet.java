package io.mainstay.domain.ledger;

import java.util.UUID;

/** An account's balance has other limits. */
public record LimitsSet(
        String tenant,
        UUID id,
        long minBalanceMinorBefore,
        long maxBalanceMinorBefore,
        long minBalanceMinor,
        long maxBalanceMinor,
        long version)
        implements AccountEvent {}
