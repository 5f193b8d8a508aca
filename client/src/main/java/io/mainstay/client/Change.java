package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log that changed an account.
 *
 * @param sender the shard that sent the command; null if a caller did, or the time
 * @param command null if nothing but the time asked for it
 * @param events what became of it, about this account
 */
public record Change(
        long offset,
        Instant time,
        @Nullable Integer sender,
        @Nullable Recorded command,
        List<Recorded> events) {
    public Change {
        events = List.copyOf(events);
    }

    /**
     * A command or an event.
     *
     * @param type {@code TransferPosted}
     * @param json the type and all members; personal data are masked
     */
    public record Recorded(String type, String json) {}
}
