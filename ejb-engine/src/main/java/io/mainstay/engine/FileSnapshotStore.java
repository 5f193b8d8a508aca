package io.mainstay.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * One shard's snapshots as files, compressed with zstd.
 *
 * <p>Layout, big-endian: magic, then chunks of raw size, stored size, CRC32C of the stored bytes (ints) and the bytes,
 * ended by a raw size of -1. A file is written beside, synced, renamed, and its directory synced: it is there whole, or
 * not at all.
 */
public final class FileSnapshotStore implements SnapshotStore {
    private static final int MAGIC = 0x4D53534E; // "MSSN"
    private static final int END = -1;
    private static final int CHUNK_BYTES_MAX = 64 << 20;
    private static final int COMPRESSION_LEVEL = 1;
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{20})-(\\d{20})\\.mss");
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;

    public FileSnapshotStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<SnapshotId> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> id(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new EngineException(Severity.RETRY, "cannot list the snapshots in " + directory + ": " + e, e);
        }
    }

    @Override
    public void write(SnapshotId id, Consumer<SnapshotSink> content) {
        Path unfinished = directory.resolve(name(id) + UNFINISHED);
        try {
            Files.createDirectories(directory);
            try (FileChannel file = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
                out.writeInt(MAGIC);
                SyncedWrites syncs = new SyncedWrites(file);
                content.accept((bytes, size) -> syncs.wrote(out, writeChunk(out, bytes, size)));
                out.writeInt(END);
                out.flush();
                file.force(true);
            }
            Files.move(
                    unfinished,
                    directory.resolve(name(id)),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Directories.sync(directory);
        } catch (IOException | UncheckedIOException e) {
            throw new EngineException(
                    Severity.DEGRADED, "cannot write snapshot " + name(id) + " in " + directory + ": " + e, e);
        }
    }

    @Override
    public void read(SnapshotId id, Consumer<byte[]> chunks) {
        Path file = directory.resolve(name(id));
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != MAGIC) {
                throw new SnapshotDamagedException(file + " is no snapshot");
            }
            for (int size = in.readInt(); size != END; size = in.readInt()) {
                chunks.accept(readChunk(in, size, file));
            }
        } catch (IOException e) {
            throw new SnapshotDamagedException(file + " cannot be read: " + e, e);
        }
    }

    @Override
    public void retain(int newest) {
        List<SnapshotId> all = list();
        try {
            for (SnapshotId old : all.subList(Math.min(newest, all.size()), all.size())) {
                Files.deleteIfExists(directory.resolve(name(old)));
            }
            deleteUnfinished();
        } catch (IOException e) {
            throw new EngineException(Severity.DEGRADED, "cannot delete old snapshots in " + directory + ": " + e, e);
        }
    }

    private void deleteUnfinished() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(UNFINISHED)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns the bytes written. */
    private static int writeChunk(DataOutputStream out, byte[] bytes, int size) {
        byte[] raw = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        byte[] stored = Zstd.compress(raw, COMPRESSION_LEVEL);
        try {
            out.writeInt(size);
            out.writeInt(stored.length);
            out.writeInt(crc(stored));
            out.write(stored);
            return stored.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readChunk(DataInputStream in, int size, Path file) throws IOException {
        int storedSize = in.readInt();
        int crc = in.readInt();
        if (size < 0 || size > CHUNK_BYTES_MAX || storedSize < 0 || storedSize > CHUNK_BYTES_MAX) {
            throw new SnapshotDamagedException(file + " has a chunk of " + size + " bytes");
        }
        byte[] stored = in.readNBytes(storedSize);
        if (stored.length != storedSize || crc(stored) != crc) {
            throw new SnapshotDamagedException(file + " fails a checksum");
        }
        try {
            byte[] raw = Zstd.decompress(stored, size);
            if (raw.length == size) {
                return raw;
            }
        } catch (ZstdException e) {
            throw new SnapshotDamagedException(file + " has a chunk that cannot be expanded", e);
        }
        throw new SnapshotDamagedException(file + " has a chunk of another size than it states");
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    private static String name(SnapshotId id) {
        return "snapshot-%020d-%020d.mss".formatted(id.sequence(), id.offset());
    }

    private static Optional<SnapshotId> id(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new SnapshotId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
