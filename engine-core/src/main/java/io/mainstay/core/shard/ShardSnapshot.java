package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ShardReplay.Pending;
import io.mainstay.core.snapshot.SnapshotChunk;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds, in chunks that begin with their section: header, entries without an outcome, keys, mail, the state
 * of each domain, end. Entries and outcomes of format 1 are those of frame format 1, all others those of format 2.
 *
 * <p>Header: format (short), shard (int), sequence, offset (long), epoch (int), hash (32 bytes) of the log position,
 * offset of the next command to execute, time of the last frame (long), schema version of each domain; in format 3 the
 * name of the codec that has written the chunks behind the header.
 */
final class ShardSnapshot {
    /** With a codec; without one, what older programs read is written. */
    private static final int FORMAT_VERSION = 3;

    private static final int FORMAT_WITHOUT_CODEC = 2;
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

    static void write(
            int shard,
            ShardReplay replay,
            ShardMemory memory,
            Domains domains,
            @Nullable SnapshotCodec codec,
            SnapshotSink sink) {
        Chunks chunks = new Chunks(domains, codec, sink);
        chunks.begin(HEADER);
        writeHeader(shard, replay, codec, chunks.out);
        chunks.endHeader();
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
        private final Domains domains;
        private SnapshotVersions versions;
        private @Nullable SnapshotCodec codec;
        private int count;
        private boolean complete;

        Reader(int shard, Domains domains, ShardReplay replay, ShardMemory memory) {
            this.shard = shard;
            this.domains = domains;
            this.versions = new SnapshotVersions(FrameHeader.FORMAT_VERSION, domains, Map.of());
            this.replay = replay;
            this.memory = memory;
        }

        void chunk(byte[] bytes) {
            WireReader in = new WireReader(codec == null ? bytes : codec.read(bytes));
            int section = in.readUnsignedByte();
            switch (section) {
                case HEADER -> {
                    int format = readFormat(in);
                    versions = new SnapshotVersions(
                            Math.min(format, FrameHeader.FORMAT_VERSION), domains, readHeader(shard, replay, in));
                    codec = format > FORMAT_WITHOUT_CODEC ? new SnapshotCodecs(domains).byName(in.readText()) : null;
                }
                case PENDING -> {
                    replay.pending().addAll(readPending(in, versions));
                }
                case KEYS -> memory.keys().decode(in, versions);
                case MAIL -> memory.mail().decode(in, versions);
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
            memory.state().domain(id).decode(versions.upcastState(id, in));
        }
    }

    private static void writeHeader(int shard, ShardReplay replay, @Nullable SnapshotCodec codec, WireWriter out) {
        LogPosition position = replay.position();
        out.writeShort(codec == null ? FORMAT_WITHOUT_CODEC : FORMAT_VERSION);
        out.writeInt(shard);
        out.writeLong(position.sequence());
        out.writeLong(position.offset());
        out.writeInt(position.epoch());
        out.writeRaw(position.hash(), 0, HASH_BYTES);
        out.writeLong(replay.executedBefore());
        out.writeLong(replay.lastTimestampMicros());
        writeVersions(replay.domainVersions(), out);
        if (codec != null) {
            out.writeText(codec.name());
        }
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

    private static List<Pending> readPending(WireReader in, SnapshotVersions snapshot) {
        List<Pending> pending = new ArrayList<>();
        while (in.remaining() > 0) {
            pending.add(readOne(in, snapshot));
        }
        return pending;
    }

    private static Pending readOne(WireReader in, SnapshotVersions snapshot) {
        long frame = in.readLong();
        long offset = in.readLong();
        long timestampMicros = in.readLong();
        Map<Integer, Integer> versions = readVersions(in);
        return new Pending(
                frame, offset, timestampMicros, versions, snapshot.upcast(LogEntry.read(in, snapshot.format())));
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

    /** Cuts what is written into chunks, and gives them the codec's form. */
    private static final class Chunks {
        private final Domains domains;
        private final SnapshotRows rows;
        private final @Nullable SnapshotCodec codec;
        private final SnapshotSink sink;
        private final WireWriter out = new WireWriter(2 * CHUNK_BYTES);
        private int section;
        private int domainId;
        private int count;

        Chunks(Domains domains, @Nullable SnapshotCodec codec, SnapshotSink sink) {
            this.domains = domains;
            this.rows = new SnapshotRows(domains);
            this.codec = codec;
            this.sink = sink;
        }

        void begin(int nextSection) {
            section = nextSection;
            out.clear();
            out.writeByte(nextSection);
        }

        void begin(int nextSection, int id) {
            begin(nextSection);
            domainId = id;
            out.writeByte(id);
        }

        void endHeader() {
            sink.chunk(out.array(), out.size());
            count++;
        }

        void end() {
            if (codec == null) {
                sink.chunk(out.array(), out.size());
            } else {
                byte[] bytes = out.toByteArray();
                byte[] stored = codec.write(new SnapshotChunk(name(), bytes, rows(section, domainId, bytes)));
                sink.chunk(stored, stored.length);
            }
            count++;
        }

        private String name() {
            return switch (section) {
                case PENDING -> "pending";
                case KEYS -> "keys";
                case MAIL -> "mail";
                case DOMAIN -> domains.byId(domainId).name();
                default -> "end";
            };
        }

        private Supplier<List<?>> rows(int of, int id, byte[] bytes) {
            WireReader in = new WireReader(bytes, of == DOMAIN ? 2 : 1, bytes.length);
            return switch (of) {
                case PENDING ->
                    () -> rows.pending(readPending(
                            in, new SnapshotVersions(FrameHeader.FORMAT_VERSION, domains, domains.schemaVersions())));
                case KEYS -> () -> rows.keys(in);
                case MAIL -> () -> rows.mail(in);
                case DOMAIN -> () -> rows.state(id, in);
                default -> List::of;
            };
        }
    }
}
