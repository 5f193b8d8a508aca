package io.mainstay.client;

import org.jspecify.annotations.Nullable;

/**
 * An asset as one shard knows it.
 *
 * @param scale digits behind the point; null if the shard has not learned them yet
 * @param inFlightMinor what left the shard's accounts for those of others, less what came
 */
public record Asset(String code, @Nullable Integer scale, long inFlightMinor, Position position) {}
