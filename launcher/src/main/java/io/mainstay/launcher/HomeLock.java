package io.mainstay.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/** Lets one command at a time start or stop things in a home; the system frees it when the holder dies. */
final class HomeLock {

    private final Path file;
    private final Progress progress;

    HomeLock(Path home, Progress progress) {
        this.file = home.resolve("run/lock");
        this.progress = progress;
    }

    boolean during(BooleanSupplier work) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                return work.getAsBoolean();
            }
        } catch (IOException e) {
            throw new LauncherException("cannot lock " + file, e);
        }
    }

    private void lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.say("Another mainstay command is at work here, waiting for it");
            lock = channel.lock();
        }
        if (!lock.isValid()) {
            throw new IOException("the lock is not valid");
        }
    }
}
