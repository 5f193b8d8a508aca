package io.mainstay.core.snapshot;

/**
 * Another form of a snapshot's chunks than the binary one; found by {@link java.util.ServiceLoader}, or given by a domain.
 *
 * <p>A snapshot tells the name of the codec that wrote it, so it is read by that one whatever the setting is. Used by many
 * threads at once.
 */
public interface SnapshotCodec {
    /** As the setting says it, and as snapshots tell it. */
    String name();

    byte[] write(SnapshotChunk chunk);

    /**
     * Gives back the bytes of the chunk; {@link io.mainstay.core.wire.WireException} if they are not what this codec
     * writes.
     */
    byte[] read(byte[] stored);
}
