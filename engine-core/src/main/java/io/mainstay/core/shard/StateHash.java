package io.mainstay.core.shard;

import io.mainstay.core.wire.Digests;
import io.mainstay.core.wire.WireWriter;
import java.security.MessageDigest;

/**
 * The SHA-256 of what a shard's memory holds, in the encoding of its snapshots: offset, remembered keys, mail,
 * then each domain's number and state. Two memories that executed the same commands have the same hash.
 */
final class StateHash {
    private static final int CHUNK_BYTES = 1024 * 1024;

    private StateHash() {}

    /** Runs in the thread that owns the memory; takes about as long as encoding a snapshot of it. */
    static byte[] of(ShardMemory memory, long executedBefore) {
        MessageDigest digest = Digests.sha256();
        WireWriter out = new WireWriter(CHUNK_BYTES);
        Runnable chunkEnd = () -> {
            digest.update(out.array(), 0, out.size());
            out.clear();
        };
        out.writeLong(executedBefore);
        memory.keys().encode(out, chunkEnd);
        memory.mail().encode(out, chunkEnd);
        for (DomainState<?, ?, ?> domain : memory.state().domains()) {
            out.writeByte(domain.id());
            domain.encode(out, chunkEnd);
        }
        chunkEnd.run();
        return digest.digest();
    }
}
