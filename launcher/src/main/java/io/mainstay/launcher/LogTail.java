package io.mainstay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The end of a log file, and what is added to it. */
final class LogTail {

    private static final long POLL_MILLIS = 200;

    private final Path file;
    private final PrintStream out;

    LogTail(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** Prints the last lines; returns the position after them. */
    long print(int lineCount) throws IOException {
        long position = Files.size(file);
        List<String> lines = Files.readAllLines(file);
        lines.subList(Math.max(0, lines.size() - lineCount), lines.size()).forEach(out::println);
        return position;
    }

    /** Prints what is added from {@code position} on, also when the file begins anew, while {@code goOn}. */
    void follow(long position, BooleanSupplier goOn) throws IOException, InterruptedException {
        long printed = position;
        boolean last;
        do {
            last = !goOn.getAsBoolean();
            printed = printFrom(printed);
            Thread.sleep(POLL_MILLIS);
        } while (!last);
    }

    private long printFrom(long position) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(log.length() < position ? 0 : position);
            byte[] added = new byte[(int) Math.min(1 << 20, log.length() - log.getFilePointer())];
            log.readFully(added);
            out.write(added, 0, added.length);
            out.flush();
            return log.getFilePointer();
        }
    }
}
