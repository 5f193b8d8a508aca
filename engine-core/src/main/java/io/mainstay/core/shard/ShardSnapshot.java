package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ShardReplay.Pending;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a snapshot holds, in chunks that begin with their section: header, entries without an outcome, keys, mail, the state
 * of each domain, end. Entries and outcomes are those of the frame format with the same number.
 *
 * <p>Header: format (short), shard (int), sequence, offset (long), epoch (int), hash (32 bytes) of the log position,
 * offset of the next command to execute, time of the last frame (long), schema version of each domain.
 */
final class ShardSnapshot {
    private static final int FORMAT_VERSION = 2;
    private static final int FORMAT_VERSION_MIN = 1;
    private static final int HEADER = 1;
    private static final int PENDING = 2;
    private static final int KEYS = 3;
    private static final int DOMAIN = 4;
    private static final int END = 5;
    private static final int MAIL = 6;
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
        memory.keys().encode(chunks.out, () -> {
            chunks.end();
            chunks.begin(KEYS);
        });
        chunks.begin(MAIL);
        memory.mail().encode(chunks.out, () -> {
            chunks.end();
            chunks.begin(MAIL);
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
        private int format = FORMAT_VERSION;
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
                case HEADER -> {
                    format = readFormat(in);
                    versions = readHeader(shard, replay, in);
                }
                case PENDING -> {
                    while (in.remaining() > 0) {
                        replay.pending().add(readPending(in, format));
                    }
                }
                case KEYS -> memory.keys().decode(in, format);
                case MAIL -> memory.mail().decode(in);
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

    private static int readFormat(WireReader in) {
        int format = in.readUnsignedShort();
        if (format < FORMAT_VERSION_MIN || format > FORMAT_VERSION) {
            throw new EngineException(
                    Severity.FATAL,
                    "snapshot of format %d; this version reads %d to %d: start the version that wrote it"
                            .formatted(format, FORMAT_VERSION_MIN, FORMAT_VERSION));
        }
        return format;
    }

    private static Map<Integer, Integer> readHeader(int shard, ShardReplay replay, WireReader in) {
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
        command.entry().write(out);
    }

    private static Pending readPending(WireReader in, int format) {
        long frame = in.readLong();
        long offset = in.readLong();
        long timestampMicros = in.readLong();
        Map<Integer, Integer> versions = readVersions(in);
        return new Pending(frame, offset, timestampMicros, versions, LogEntry.read(in, format));
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
