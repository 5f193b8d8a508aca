package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.ReplayCheckpoints;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A position of a shard's log in a file of its own, replaced as a whole: where a replay's target has come, or where an
 * archive begins.
 *
 * <p>Layout, little-endian: magic, format version (ints), the position, CRC32C (int) of all before it.
 */
public final class PositionFile implements ReplayCheckpoints {
    private static final int MAGIC = 0x5050534D; // "MSPP", little-endian
    private static final int FORMAT_VERSION = 1;
    private static final int BYTES = 2 * Integer.BYTES + StoredPosition.BYTES + Integer.BYTES;

    private final Path file;

    /** {@code file} need not be there yet. */
    public PositionFile(Path file) {
        this.file = file;
    }

    /** Throws {@link EngineException} DEGRADED if the file cannot be read or is not what was written. */
    @Override
    public Optional<LogPosition> load() {
        try {
            return Files.exists(file) ? Optional.of(parse(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new EngineException(Severity.DEGRADED, "cannot read " + file + ": " + e, e);
        }
    }

    @Override
    public void save(LogPosition position) {
        WireWriter out = new WireWriter(BYTES);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT_VERSION);
        StoredPosition.write(position, out);
        out.writeInt(ArchiveBlock.crc(out.array(), 0, out.size()));
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, out.toByteArray());
        } catch (IOException e) {
            throw new EngineException(Severity.DEGRADED, "cannot write " + file + ": " + e, e);
        }
    }

    private LogPosition parse(byte[] bytes) {
        if (bytes.length == BYTES) {
            WireReader in = new WireReader(bytes);
            boolean known = in.readInt() == MAGIC && in.readInt() == FORMAT_VERSION;
            LogPosition position = StoredPosition.read(in);
            if (known && in.readInt() == ArchiveBlock.crc(bytes, 0, BYTES - Integer.BYTES)) {
                return position;
            }
        }
        throw new EngineException(
                Severity.DEGRADED, file + " is damaged; delete it, and what reads it begins from the start again");
    }
}
