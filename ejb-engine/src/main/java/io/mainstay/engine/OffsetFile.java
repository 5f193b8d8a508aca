package io.mainstay.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The offset that a shard had come to about a second ago, for telling how long a recovery will take. It is a hint: neither
 * synced nor needed.
 */
public final class OffsetFile {
    private static final Logger LOG = Logger.getLogger(OffsetFile.class.getName());

    private final Path file;

    OffsetFile(Path file) {
        this.file = file;
    }

    void write(long offset) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Long.toString(offset));
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "cannot write " + file);
        }
    }

    /** Empty if it is not known. */
    public OptionalLong read() {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file)));
        } catch (IOException | NumberFormatException absentOrTorn) {
            return OptionalLong.empty();
        }
    }
}
