package io.mainstay.core.replay;

import io.mainstay.core.log.LogPosition;
import java.util.HexFormat;

/**
 * A range from the beginning of a shard's log whose frames are gone: of each aggregate the latest accepted command is
 * left, and the hash of the last frame, to which the chain goes on.
 *
 * @param end behind the last frame that was replaced; its hash stands for the chain of all of them
 * @param entryCount commands that are left
 * @param digest SHA-256 of what is left
 */
public record CompactedRange(LogPosition end, long firstMicros, long lastMicros, long entryCount, byte[] digest) {
    public CompactedRange {
        digest = digest.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public String toString() {
        return "frames 0 to %d, offsets 0 to %d, are compacted to %d commands (digest %s); their chain is replaced by it"
                .formatted(
                        end.sequence() - 1,
                        end.offset() - 1,
                        entryCount,
                        HexFormat.of().formatHex(digest, 0, 8));
    }
}
