package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.shard.ShardConfig;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed leaves a journal that ends anywhere: also between a message and its places in the queues. */
final class JournalEndTest {
    private static final EngineConfig CONFIG = new EngineConfig(
            2,
            16,
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            new SnapshotSchedule(Duration.ofDays(1), 1_000_000),
            ShardConfig.DEFAULT);
    private static final String LAST = "the last frame";
    /** Shorter than the shortest record of the journal. */
    private static final int STEP_BYTES = 16;

    @TempDir
    private Path directory;

    @Test
    void theLogAndTheProjectionHaveTheSameFramesWhereverTheJournalEnds() throws Exception {
        Path whole = directory.resolve("whole");
        append(whole);
        Path file = journalWith(whole, LAST);
        byte[] journal = Files.readAllBytes(file);
        int from = indexOf(journal, LAST);
        int kept = 0;
        for (int end = from; end < endOf(journal) + STEP_BYTES; end += STEP_BYTES) {
            Path cut = directory.resolve("cut");
            delete(cut);
            copy(whole, cut);
            Files.write(cut.resolve(whole.relativize(file)), beginningOf(journal, end));
            Queues queues = queuesOf(cut);
            assertThat(queues.beforeProjection())
                    .as("before the projection, %d bytes behind the frame", end - from)
                    .isEqualTo(queues.retained())
                    .startsWith("the first frame");
            kept += queues.retained().contains(LAST) ? 1 : 0;
        }
        assertThat(kept).as("ends that keep the frame").isPositive();
    }

    private static void append(Path data) throws Exception {
        LocalBroker broker = LocalBroker.start(data, 2);
        try (WriteAheadLog log = new ArtemisWriteAheadLog(broker.connections(), 1, CONFIG, () -> {})) {
            log.recover(frame -> {});
            int sequence = 0;
            for (String text : List.of("the first frame", LAST)) {
                byte[] frame = text.getBytes(StandardCharsets.UTF_8);
                Append append = log.append(sequence++, frame, frame.length);
                while (append.state() == Append.State.PENDING) {
                    Thread.onSpinWait();
                }
                assertThat(append.state()).isEqualTo(Append.State.DURABLE);
            }
        } finally {
            broker.close();
        }
    }

    private record Queues(List<String> retained, List<String> beforeProjection) {}

    private static Queues queuesOf(Path data) throws Exception {
        LocalBroker broker = LocalBroker.start(data, 2);
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            return new Queues(
                    browse(session, LogNames.retainedQueue(1)),
                    browse(session, "mainstay.log::mainstay.log.projection"));
        } finally {
            broker.close();
        }
    }

    private static List<String> browse(Session session, String queue) throws Exception {
        List<String> frames = new ArrayList<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                BytesMessage message = (BytesMessage) messages.nextElement();
                if (!message.propertyExists(LogNames.MARKER_PROPERTY)) {
                    frames.add(new String(LogNames.frameOf(message), StandardCharsets.UTF_8));
                }
            }
        }
        return frames;
    }

    private static Path journalWith(Path data, String text) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".amq")).toList()) {
                if (indexOf(Files.readAllBytes(file), text) >= 0) {
                    return file;
                }
            }
        }
        throw new AssertionError("no file of the journal has: " + text);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static int endOf(byte[] journal) {
        int end = journal.length;
        while (journal[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static byte[] beginningOf(byte[] journal, int end) {
        byte[] beginning = journal.clone();
        Arrays.fill(beginning, end, beginning.length, (byte) 0);
        return beginning;
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.toList()) {
                Path target = to.resolve(from.relativize(source));
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }
}
