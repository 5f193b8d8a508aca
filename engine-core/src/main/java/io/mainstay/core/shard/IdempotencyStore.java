package io.mainstay.core.shard;

import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.route.Directory;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a shard remembers by their idempotency key, with the answers they got.
 *
 * <p>Part of the shard's state: it changes only with executed batches, so a replay remembers and forgets the same.
 */
final class IdempotencyStore {
    private final int keysMax;
    private final long ageMicrosMax;
    private final int shard;
    private final Directory directory;
    private final LinkedHashMap<UUID, Remembered> byKey = new LinkedHashMap<>();

    IdempotencyStore(ShardConfig config, int shard, Directory directory) {
        this.keysMax = config.keysMax();
        this.ageMicrosMax = config.keyAgeMicrosMax();
        this.shard = shard;
        this.directory = directory;
    }

    @Nullable
    Remembered find(UUID key) {
        return byKey.get(key);
    }

    void remember(UUID key, Remembered remembered) {
        byKey.put(key, remembered);
        directory.know(key, shard);
    }

    /** Forgets what is too old or too much, after a batch of this time. */
    void retain(long nowMicros) {
        Iterator<Map.Entry<UUID, Remembered>> oldest = byKey.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<UUID, Remembered> next = oldest.next();
            if (byKey.size() <= keysMax && nowMicros - next.getValue().timestampMicros() <= ageMicrosMax) {
                return;
            }
            oldest.remove();
            directory.forget(next.getKey());
        }
    }

    /**
     * A command and its answer.
     *
     * @param requestHash of what was asked for
     * @param outcome accepted or rejected
     */
    record Remembered(long requestHash, long offset, long timestampMicros, LoggedOutcome outcome) {}
}
