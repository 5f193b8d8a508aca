package io.mainstay.core.log;

import java.util.UUID;

/**
 * A command as it stands in the log.
 *
 * @param key the idempotency key
 * @param domainId the number of the domain that decides it
 * @param bytes the command in its domain's codec
 */
public record LoggedCommand(UUID key, int domainId, byte[] bytes) {
    /** A 64-bit hash of what was asked for: equal commands have equal hashes. */
    public long requestHash() {
        return requestHash(domainId, bytes);
    }

    /** FNV-1a over the bytes (Fowler, Noll, Vo; public domain), with the domain's number first. */
    public static long requestHash(int domainId, byte[] bytes) {
        long hash = (0xcbf29ce484222325L ^ domainId) * 0x100000001b3L;
        for (byte next : bytes) {
            hash = (hash ^ (next & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
