package io.mainstay.core.log;

import io.mainstay.core.domain.CommandGroup;
import java.util.UUID;

/**
 * A caller's command as it stands in the log.
 *
 * @param key the idempotency key
 * @param domainId the number of the domain that decides it; {@link CommandGroup#DOMAIN_ID} for a group
 * @param expectedVersion of the leading aggregate, or {@link #ANY_VERSION}
 * @param bytes the command in its domain's codec
 */
public record LoggedCommand(UUID key, int domainId, long expectedVersion, byte[] bytes) implements LogEntry {

    /** Any version of the leading aggregate will do. */
    public static final long ANY_VERSION = -1;

    public LoggedCommand {
        if (expectedVersion < ANY_VERSION) {
            throw new IllegalArgumentException("expected version " + expectedVersion + ", at least 0 wanted");
        }
    }

    public LoggedCommand(UUID key, int domainId, byte[] bytes) {
        this(key, domainId, ANY_VERSION, bytes);
    }

    /** A 64-bit hash of what was asked for: equal commands have equal hashes. */
    public long requestHash() {
        return requestHash(domainId, expectedVersion, bytes);
    }

    /** FNV-1a over the bytes (Fowler, Noll, Vo; public domain), with the domain's number and the version first. */
    public static long requestHash(int domainId, long expectedVersion, byte[] bytes) {
        long hash = (0xcbf29ce484222325L ^ domainId) * 0x100000001b3L;
        if (expectedVersion != ANY_VERSION) {
            hash = (hash ^ expectedVersion) * 0x100000001b3L;
        }
        for (byte next : bytes) {
            hash = (hash ^ (next & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
