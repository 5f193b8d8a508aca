package io.mainstay.core.shard;

import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
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
    private static final int CHUNK_BYTES = 512 * 1024;

    private final int keysMax;
    private final long ageMicrosMax;
    private final int shard;
    private final KnownIds directory;
    private final LinkedHashMap<UUID, Remembered> byKey = new LinkedHashMap<>();

    IdempotencyStore(ShardConfig config, int shard, KnownIds directory) {
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

    /** Writes all that is remembered, oldest first. */
    void encode(WireWriter out, Runnable chunkEnd) {
        byKey.forEach((key, remembered) -> {
            out.writeUuid(key);
            out.writeLong(remembered.requestHash());
            out.writeLong(remembered.offset());
            out.writeLong(remembered.timestampMicros());
            remembered.outcome().write(out);
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
            }
        });
        chunkEnd.run();
    }

    void decode(WireReader chunk) {
        while (chunk.remaining() > 0) {
            UUID key = chunk.readUuid();
            remember(
                    key,
                    new Remembered(chunk.readLong(), chunk.readLong(), chunk.readLong(), LoggedOutcome.read(chunk)));
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
