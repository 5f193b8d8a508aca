package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.shard.ShardReplay.Pending;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a snapshot holds, in chunks that begin with their section: header, commands without an outcome, keys, the state of
 * each domain, end.
 *
 * <p>Header: format (short), shard (int), sequence, offset (long), epoch (int), hash (32 bytes) of the log position,
 * offset of the next command to execute, time of the last frame (long), schema version of each domain.
 */
final class ShardSnapshot {
    private static final int FORMAT_VERSION = 1;
    private static final int HEADER = 1;
    private static final int PENDING = 2;
    private static final int KEYS = 3;
    private static final int DOMAIN = 4;
    private static final int END = 5;
    private static final int HASH_BYTES = 32;
    private static final int CHUNK_BYTES = 512 * 1024;

    private ShardSnapshot() {}

    static void write(int shard, ShardReplay replay, ShardMemory memory, SnapshotSink sink) {
        Chunks chunks = new Chunks(sink);
        chunks.begin(HEADER);
        writeHeader(shard, replay, chunks.out);
        chunks.end();
        chunks.begin(PENDING);
        for (Pending command : replay.pending()) {
            writePending(command, chunks.out);
            if (chunks.out.size() >= CHUNK_BYTES) {
                chunks.end();
                chunks.begin(PENDING);
            }
        }
        chunks.end();
        chunks.begin(KEYS);
        memory.encodeKeys(chunks.out, () -> {
            chunks.end();
            chunks.begin(KEYS);
        });
        for (DomainState<?, ?, ?> domain : memory.state().domains()) {
            chunks.begin(DOMAIN, domain.id());
            domain.encode(chunks.out, () -> {
                chunks.end();
                chunks.begin(DOMAIN, domain.id());
            });
        }
        chunks.begin(END);
        chunks.out.writeInt(chunks.count);
        chunks.end();
    }

    /** Reads one snapshot's chunks into a replay that has read nothing yet. */
    static final class Reader {
        private final int shard;
        private final ShardReplay replay;
        private final ShardMemory memory;
        private Map<Integer, Integer> versions = Map.of();
        private int count;
        private boolean complete;

        Reader(int shard, ShardReplay replay, ShardMemory memory) {
            this.shard = shard;
            this.replay = replay;
            this.memory = memory;
        }

        void chunk(byte[] bytes) {
            WireReader in = new WireReader(bytes);
            int section = in.readUnsignedByte();
            switch (section) {
                case HEADER -> versions = readHeader(shard, replay, in);
                case PENDING -> {
                    while (in.remaining() > 0) {
                        replay.pending().add(readPending(in));
                    }
                }
                case KEYS -> memory.decodeKeys(in);
                case DOMAIN -> readDomain(in);
                case END -> complete = in.readInt() == count;
                default -> throw new WireException("snapshot with unknown section " + section);
            }
            count++;
        }

        void end() {
            if (!complete) {
                throw new SnapshotDamagedException("it ends after " + count + " chunks without having been completed");
            }
        }

        private void readDomain(WireReader in) {
            int id = in.readUnsignedByte();
            Integer version = versions.get(id);
            if (version == null) {
                throw new WireException("snapshot with domain " + id + " that its header does not name");
            }
            memory.state().domain(id).decode(version, in);
        }
    }

    private static void writeHeader(int shard, ShardReplay replay, WireWriter out) {
        LogPosition position = replay.position();
        out.writeShort(FORMAT_VERSION);
        out.writeInt(shard);
        out.writeLong(position.sequence());
        out.writeLong(position.offset());
        out.writeInt(position.epoch());
        out.writeRaw(position.hash(), 0, HASH_BYTES);
        out.writeLong(replay.executedBefore());
        out.writeLong(replay.lastTimestampMicros());
        writeVersions(replay.domainVersions(), out);
    }

    private static Map<Integer, Integer> readHeader(int shard, ShardReplay replay, WireReader in) {
        int format = in.readUnsignedShort();
        if (format != FORMAT_VERSION) {
            throw new EngineException(
                    Severity.FATAL,
                    "snapshot of format " + format + "; this version reads " + FORMAT_VERSION
                            + ": start the version that wrote it");
        }
        int written = in.readInt();
        if (written != shard) {
            throw new EngineException(
                    Severity.FATAL, "snapshot of shard " + written + " where shard " + shard + "'s belongs");
        }
        LogPosition position = new LogPosition(in.readLong(), in.readLong(), in.readInt(), in.readRaw(HASH_BYTES));
        replay.beginAt(position, in.readLong(), in.readLong());
        return readVersions(in);
    }

    private static void writePending(Pending command, WireWriter out) {
        out.writeLong(command.frame());
        out.writeLong(command.offset());
        out.writeLong(command.timestampMicros());
        writeVersions(command.domainVersions(), out);
        out.writeUuid(command.logged().key());
        out.writeByte(command.logged().domainId());
        out.writeBytes(command.logged().bytes());
    }

    private static Pending readPending(WireReader in) {
        long frame = in.readLong();
        long offset = in.readLong();
        long timestampMicros = in.readLong();
        Map<Integer, Integer> versions = readVersions(in);
        UUID key = in.readUuid();
        return new Pending(
                frame,
                offset,
                timestampMicros,
                versions,
                new LoggedCommand(key, in.readUnsignedByte(), in.readBytes()));
    }

    private static void writeVersions(Map<Integer, Integer> versions, WireWriter out) {
        out.writeByte(versions.size());
        versions.forEach((id, version) -> {
            out.writeByte(id);
            out.writeShort(version);
        });
    }

    private static Map<Integer, Integer> readVersions(WireReader in) {
        Map<Integer, Integer> versions = new TreeMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            versions.put(in.readUnsignedByte(), in.readUnsignedShort());
        }
        return versions;
    }

    /** Cuts what is written into chunks. */
    private static final class Chunks {
        private final SnapshotSink sink;
        private final WireWriter out = new WireWriter(2 * CHUNK_BYTES);
        private int count;

        Chunks(SnapshotSink sink) {
            this.sink = sink;
        }

        void begin(int section) {
            out.clear();
            out.writeByte(section);
        }

        void begin(int section, int id) {
            begin(section);
            out.writeByte(id);
        }

        void end() {
            sink.chunk(out.array(), out.size());
            count++;
        }
    }
}
