package io.mainstay.testkit;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A second virtual machine, started once for all tests of this one and ending with it: with other identity hashes, another
 * order of {@code Set.of} and {@code Map.of}, another language, another time zone and another start of its clock. What
 * is decided there as here depends on none of these.
 */
final class Twin {
    static final int DONE = 0;
    static final int FAILED = 1;

    static final int ORDER = 1;
    static final int OPEN = 2;
    static final int APPLY = 3;
    static final int DECIDE = 4;
    static final int ELAPSE = 5;
    static final int STANDING = 6;

    private static final int STARTS_MAX = 40;
    private static final long ANSWER_SECONDS_MAX = 60;
    private static final int LARGE_SET = 12;

    private static @Nullable Twin shared;

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mainstay-testkit-twin");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Object user;

    private Twin(Process process) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** The twin of this virtual machine; another one if that has ended. */
    static synchronized Twin shared() {
        if (shared == null || !shared.process.isAlive()) {
            shared = startUnlikeThis();
        }
        return shared;
    }

    /** What sets without an order of their own are iterated in, which each virtual machine draws when it starts. */
    static String orderOfSets() {
        return Set.of(1, 2) + "|"
                + IntStream.range(0, LARGE_SET).boxed().collect(Collectors.toUnmodifiableSet()) + "|"
                + Map.of(1, 1, 2, 2).keySet();
    }

    /** Whoever used the twin last finds its state there again. */
    boolean isUsedBy(Object candidate) {
        return candidate.equals(user);
    }

    void open(Object newUser, Class<?> domain) {
        user = newUser;
        WireWriter request = request(OPEN);
        request.writeText(domain.getName());
        request.writeText(DomainClasses.sourceOf(domain).toString());
        ask(request);
    }

    static WireWriter request(int number) {
        WireWriter request = new WireWriter(256);
        request.writeByte(number);
        return request;
    }

    /** Sends a request and waits for its answer. */
    WireReader ask(WireWriter request) {
        try {
            out.writeInt(request.size());
            out.write(request.array(), 0, request.size());
            out.flush();
            byte[] answer = reader.submit(() -> in.readNBytes(in.readInt())).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            WireReader read = new WireReader(answer);
            if (read.readUnsignedByte() == FAILED) {
                throw new DomainBroken("in another virtual machine: " + read.readText());
            }
            return read;
        } catch (IOException | ExecutionException | TimeoutException e) {
            end();
            throw new IllegalStateException(
                    "the other virtual machine gave no answer within " + ANSWER_SECONDS_MAX + " s: " + e, e);
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the other virtual machine was at work", e);
        }
    }

    private void end() {
        process.destroyForcibly();
        reader.shutdownNow();
    }

    /** Sets of two have two orders only, so that about every other start gives one unlike this machine's. */
    private static Twin startUnlikeThis() {
        String[] here = orderOfSets().split("\\|", -1);
        for (int left = STARTS_MAX; left > 0; left--) {
            Twin twin = start();
            String[] there = twin.ask(request(ORDER)).readText().split("\\|", -1);
            if (!here[0].equals(there[0]) && !here[1].equals(there[1]) && !here[2].equals(there[2])) {
                return twin;
            }
            twin.end();
        }
        throw new IllegalStateException("none of " + STARTS_MAX + " virtual machines iterates over Set.of otherwise");
    }

    private static Twin start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-cp",
                System.getProperty("java.class.path"),
                TwinMain.class.getName());
        try {
            return new Twin(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException("cannot start another virtual machine by " + command + ": " + e, e);
        }
    }
}
