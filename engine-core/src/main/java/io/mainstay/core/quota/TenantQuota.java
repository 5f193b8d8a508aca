package io.mainstay.core.quota;

/**
 * What one tenant may do and keep.
 *
 * @param commandsPerSecond on the average; {@link #UNLIMITED} for any number
 * @param burst commands at once, after a time without any; at least 1
 * @param storedMax aggregates, such as accounts, over all shards; {@link #UNLIMITED} for any number
 */
public record TenantQuota(int commandsPerSecond, int burst, int storedMax) {
    /** Stands for no limit. */
    public static final int UNLIMITED = 0;

    public static final TenantQuota NONE = new TenantQuota(UNLIMITED, 1, UNLIMITED);

    public TenantQuota {
        if (commandsPerSecond < 0 || burst < 1 || storedMax < 0) {
            throw new IllegalArgumentException(
                    "quota of %d commands a second, %d at once, %d stored; at least 0, 1, 0 wanted"
                            .formatted(commandsPerSecond, burst, storedMax));
        }
    }
}
