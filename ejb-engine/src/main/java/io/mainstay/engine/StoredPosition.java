package io.mainstay.engine;

import io.mainstay.core.log.LogPosition;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/** A position of a shard's log in files: sequence, offset (longs), epoch (int), hash (32 bytes). */
final class StoredPosition {
    static final int BYTES = 2 * Long.BYTES + Integer.BYTES + 32;
    private static final int HASH_BYTES = 32;

    private StoredPosition() {}

    static void write(LogPosition position, WireWriter out) {
        out.writeLong(position.sequence());
        out.writeLong(position.offset());
        out.writeInt(position.epoch());
        out.writeRaw(position.hash(), 0, HASH_BYTES);
    }

    static LogPosition read(WireReader in) {
        return new LogPosition(in.readLong(), in.readLong(), in.readInt(), in.readRaw(HASH_BYTES));
    }
}
