package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Set the lowest and the highest balance that transfers may leave on an account.
 *
 * @param minBalanceMinor null for no limit
 * @param maxBalanceMinor null for no limit
 */
public record SetLimits(
        UUID account,
        @Nullable Long minBalanceMinor,
        @Nullable Long maxBalanceMinor) implements Order<Changed> {}
