package io.mainstay.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Files that are there whole, or not at all: written beside, synced, renamed, their directory synced. */
final class DurableFile {
    /** What a file is called beside its name until it is whole. A crash may leave such files; they hold nothing. */
    static final String UNFINISHED = ".unfinished";

    private DurableFile() {}

    /** Opens the file beside, empty. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                beside(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /** Syncs and closes what was written beside and gives it its name; it survives a crash when the call returns. */
    static void finish(Path file, FileChannel written) throws IOException {
        written.force(true);
        written.close();
        Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Directories.sync(Objects.requireNonNull(file.getParent(), "a file lies in a directory"));
    }

    /** Gives up what was written beside. */
    static void discard(Path file, FileChannel written) throws IOException {
        written.close();
        Files.deleteIfExists(beside(file));
    }

    static void write(Path file, byte[] bytes) throws IOException {
        FileChannel channel = open(file);
        try {
            write(channel, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            discard(file, channel);
            throw e;
        }
        finish(file, channel);
    }

    static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Deletes what a crash has left unfinished in a directory; returns it. */
    static List<Path> deleteUnfinished(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> unfinished =
                    files.filter(file -> file.toString().endsWith(UNFINISHED)).toList();
            for (Path file : unfinished) {
                Files.delete(file);
            }
            return unfinished;
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }
}
