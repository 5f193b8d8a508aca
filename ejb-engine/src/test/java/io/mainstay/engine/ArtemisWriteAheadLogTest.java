package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.EngineException;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.log.WriteAheadLogContract;
import io.mainstay.core.shard.ShardConfig;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real broker with its journal synced, and what is particular to it. */
final class ArtemisWriteAheadLogTest extends WriteAheadLogContract {
    private static final SnapshotSchedule SNAPSHOTS = new SnapshotSchedule(Duration.ofDays(1), 1_000_000);
    private static final EngineConfig CONFIG =
            new EngineConfig(2, 16, Duration.ofMillis(300), Duration.ofSeconds(10), SNAPSHOTS, ShardConfig.DEFAULT);

    @TempDir
    private Path directory;

    private LocalBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(directory, 2);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Override
    protected WriteAheadLog open() {
        return open(1);
    }

    private WriteAheadLog open(int shard) {
        return new ArtemisWriteAheadLog(broker.connections(), shard, CONFIG, () -> {});
    }

    @Test
    void aShardHasOneOwnerAtATime() {
        try (WriteAheadLog owner = open()) {
            recover(owner);
            try (WriteAheadLog second = open()) {
                assertThatThrownBy(() -> recover(second))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("shard 1 is owned by another server");
            }
        }
        try (WriteAheadLog next = open()) {
            assertThat(recover(next)).isEmpty();
        }
    }

    @Test
    void shardsDoNotSeeEachOther() throws Exception {
        try (WriteAheadLog zero = open(0);
                WriteAheadLog one = open(1)) {
            recover(zero);
            recover(one);
            await(append(zero, "of zero"));
            await(append(one, "of one"));
        }
        try (WriteAheadLog zero = open(0)) {
            assertThat(recover(zero)).containsExactly("of zero");
        }
    }

    @Test
    void aProjectionReceivesTheSameFramesWhileTheLogIsRead() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            for (int index = 0; index < 200; index++) {
                await(append(log, "frame " + index));
            }
        }
        List<String> received = new ArrayList<>();
        try (Connection connection = broker.connections().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer =
                        session.createConsumer(session.createQueue("mainstay.log::mainstay.log.projection"));
                WriteAheadLog log = open()) {
            connection.start();
            recover(log);
            await(append(log, "last"));
            while (!received.contains("last")) {
                BytesMessage message = (BytesMessage) consumer.receive(5000);
                assertThat(message).as("after %d messages", received.size()).isNotNull();
                assertThat(message.getIntProperty(LogNames.SHARD_PROPERTY)).isEqualTo(1);
                assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("1");
                if (!message.propertyExists(LogNames.MARKER_PROPERTY)) {
                    byte[] body = new byte[Math.toIntExact(message.getBodyLength())];
                    message.readBytes(body);
                    received.add(new String(body, StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(received).hasSize(201).startsWith("frame 0", "frame 1").endsWith("frame 199", "last");
    }

    @Test
    void outlivesTheBroker() throws Exception {
        List<Append> appends = new ArrayList<>();
        WriteAheadLog log = open();
        recover(log);
        for (int index = 0; index < 3000; index++) {
            appends.add(append(log, "frame " + index));
        }
        for (Append append : appends) {
            assertThat(await(append)).isEqualTo(Append.State.DURABLE);
        }
        broker.close();
        broker = LocalBroker.start(directory, 2);
        try (WriteAheadLog again = open()) {
            assertThat(recover(again)).hasSize(3000).startsWith("frame 0").endsWith("frame 2999");
        }
        log.close();
    }

    @Test
    void aFrameThatWasTornWhileItWasWrittenIsCutByTheJournal() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            await(append(log, "frame 0"));
            await(append(log, "frame 1"));
            await(append(log, "torn".repeat(1000)));
        }
        broker.close();
        tearWithin("torn".repeat(500));
        broker = LocalBroker.start(directory, 2);
        try (WriteAheadLog again = open()) {
            assertThat(recover(again)).containsExactly("frame 0", "frame 1");
            await(append(again, "frame 2"));
        }
        try (WriteAheadLog again = open()) {
            assertThat(recover(again)).containsExactly("frame 0", "frame 1", "frame 2");
        }
    }

    @Test
    void keepsFramesThatAreLargerThanTheJournalsBuffer() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            for (int size : new int[] {2 << 20, 5 << 20}) {
                assertThat(await(append(log, "x".repeat(size)))).isEqualTo(Append.State.DURABLE);
            }
        }
        broker.close();
        broker = LocalBroker.start(directory, 2);
        try (WriteAheadLog again = open()) {
            assertThat(recover(again)).extracting(String::length).containsExactly(2 << 20, 5 << 20);
        }
    }

    /** Nothing of the broker's journal behind this text has reached the disk. */
    private void tearWithin(String text) throws IOException {
        int torn = 0;
        for (Path file : files("*.amq")) {
            byte[] bytes = Files.readAllBytes(file);
            int from = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
            if (from >= 0) {
                Arrays.fill(bytes, from + text.length(), bytes.length, (byte) 0);
                Files.write(file, bytes);
                torn++;
            }
        }
        assertThat(torn).as("files of the journal with the frame").isOne();
    }

    private List<Path> files(String pattern) throws IOException {
        PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + pattern);
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> matcher.matches(file.getFileName())).toList();
        }
    }

    @Test
    void appendsFailWhenTheBrokerIsGone() throws Exception {
        WriteAheadLog log = open();
        recover(log);
        broker.close();
        assertThatThrownBy(() -> {
                    Append append = append(log, "late");
                    assertThat(await(append)).isEqualTo(Append.State.FAILED);
                    throw new EngineException(EngineException.Severity.RETRY, append.failure());
                })
                .isInstanceOf(EngineException.class);
        log.close();
        broker = LocalBroker.start(directory, 2);
        try (WriteAheadLog again = open()) {
            assertThat(recover(again)).isEmpty();
        }
    }

    @Test
    void theNumberOfShardsIsRecordedOnce() throws Exception {
        LogSetup setup = new LogSetup(broker.connections());
        assertThat(setup.recordShards(2)).isEqualTo(2);
        assertThat(setup.recordShards(3)).isEqualTo(2);
        broker.close();
        broker = LocalBroker.start(directory, 2);
        assertThat(new LogSetup(broker.connections()).recordShards(8)).isEqualTo(2);
    }
}
