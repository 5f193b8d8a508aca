package io.mainstay.core.log;

import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.route.Homes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A caller's command as it stands in the log.
 *
 * @param key the idempotency key
 * @param domainId the number of the domain that decides it; {@link CommandGroup#DOMAIN_ID} for a group
 * @param expectedVersion of the leading aggregate, or {@link #ANY_VERSION}
 * @param bytes the command in its domain's codec
 * @param homes where those of its aggregates live that are not on the shard of this log
 */
public record LoggedCommand(UUID key, int domainId, long expectedVersion, byte[] bytes, Homes homes)
        implements LogEntry {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

    public LoggedCommand(UUID key, int domainId, long expectedVersion, byte[] bytes) {
        this(key, domainId, expectedVersion, bytes, Homes.HERE);
    }

    /** The same command, sent to a shard that does not hold all of its aggregates. */
    public LoggedCommand with(Homes others) {
        return homes.equals(others) ? this : new LoggedCommand(key, domainId, expectedVersion, bytes, others);
    }

    /**
     * Stands for the hash of what was asked for in an encoding that is not known any more: it counts as equal to every other.
     */
    public static final long HASH_UNKNOWN = 0;

    /**
     * A 64-bit hash of what was asked for, never {@link #HASH_UNKNOWN}: equal commands have equal hashes, wherever their
     * aggregates live.
     */
    public long requestHash() {
        return requestHash(domainId, expectedVersion, bytes);
    }

    /**
     * Hot: one call per command, on the caller's thread. Eight bytes a step, each multiplied by an odd constant and folded,
     * so that every bit of the bytes reaches every bit of the hash.
     */
    private static long requestHash(int domainId, long expectedVersion, byte[] bytes) {
        long hash = step(step(bytes.length, domainId), expectedVersion);
        int index = 0;
        for (; index <= bytes.length - Long.BYTES; index += Long.BYTES) {
            hash = step(hash, (long) LONG.get(bytes, index));
        }
        long rest = 0;
        for (; index < bytes.length; index++) {
            rest = rest << Byte.SIZE | (bytes[index] & 0xFF);
        }
        long last = step(step(hash, rest), 0);
        return last == HASH_UNKNOWN ? 1 : last;
    }

    private static long step(long hash, long next) {
        long product = (hash ^ next) * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }

    /**
     * The hash that snapshots of format 1 hold: FNV-1a over the bytes (Fowler, Noll, Vo; public domain), with the domain's
     * number first.
     */
    public long firstFormatHash() {
        long hash = (0xcbf29ce484222325L ^ domainId) * 0x100000001b3L;
        for (byte next : bytes) {
            hash = (hash ^ (next & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }
}
