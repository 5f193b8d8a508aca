package io.mainstay.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.broker.EmbeddedBroker;
import io.mainstay.broker.LogConnectionFactory;
import io.mainstay.broker.LogTopology;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.engine.ArtemisRetainedLog;
import io.mainstay.engine.ArtemisWriteAheadLog;
import io.mainstay.engine.Engine;
import io.mainstay.engine.EngineConfig;
import io.mainstay.engine.ShardFiles;
import io.mainstay.engine.SnapshotKeeper;
import io.mainstay.engine.SnapshotSchedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On what a real engine and a real broker have left behind. */
final class VerifyTest {
    private static final int SHARDS = 2;
    private static final Path BROKER_XML = Path.of("../artemis-config/embedded/broker.xml");
    private static final EngineConfig CONFIG = new EngineConfig(
            SHARDS,
            16_384,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            new SnapshotSchedule(Duration.ofDays(1), 1_000_000),
            ShardConfig.DEFAULT);

    @TempDir
    private Path home;

    @Test
    void findsAGoodHomeGoodAndNamesTheFileThatWasDamaged() throws Exception {
        fill();
        Run good = Run.of("--home", home.toString(), "--broker-xml", BROKER_XML.toString());
        assertThat(good.said).contains("shard 0: good", "shard 1: good", "All is good: 2 shards.");
        assertThat(good.code).isZero();
        assertThat(Run.of("--home", home.toString(), "--archive-only").code).isZero();

        Path segment = damage();
        Run damaged = Run.of("--home", home.toString(), "--archive-only");
        assertThat(damaged.said).contains("DAMAGE: shard ", segment.toString(), "fails its checksum");
        assertThat(damaged.code).isEqualTo(1);
    }

    @Test
    void refusesADirectoryThatIsNoHome() {
        assertThat(Run.of("--home", home.toString()).code).isEqualTo(1);
    }

    private void fill() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(
                BROKER_XML.toAbsolutePath().normalize().toUri().toString(), home.resolve("broker"));
        try (ServerLocator locator = ActiveMQClient.createServerLocator("vm://0");
                ClientSessionFactory sessions = locator.createSessionFactory();
                ClientSession session = sessions.createSession()) {
            new LogTopology(SHARDS).ensure(session);
        }
        LogConnectionFactory connections = new LogConnectionFactory();
        connections.setUrl("vm://0");
        Domains domains = Domains.load(VerifyTest.class.getClassLoader());
        Engine engine = new Engine(
                CONFIG,
                domains,
                (shard, wakeUp) -> new ArtemisWriteAheadLog(connections, shard, CONFIG, wakeUp),
                shard -> ShardFiles.in(home, shard).snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        engine.start(Thread::new);
        try {
            Awaitility.await().until(() -> engine.status().stream().allMatch(shard -> shard.phase() == Phase.SERVING));
            SnapshotKeeper keeper = new SnapshotKeeper(
                    CONFIG,
                    domains,
                    engine::status,
                    shard -> ShardFiles.in(home, shard),
                    shard -> new ArtemisRetainedLog(() -> connections, shard));
            for (int round = 0; round < 3; round++) {
                for (int index = 0; index < 20; index++) {
                    engine.submit(new OpenAccount(UUID.randomUUID(), "ledger-" + index, "EUR", 0), UUID.randomUUID())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
                }
                for (int shard = 0; shard < SHARDS; shard++) {
                    keeper.keep(shard);
                }
            }
        } finally {
            engine.stop();
            broker.stop();
        }
    }

    private Path damage() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("archive"))) {
            Path segment = files.filter(file -> file.toString().endsWith(".mseg"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[100] ^= 1;
            Files.write(segment, bytes);
            return segment;
        }
    }

    /** What the program said, and its exit code. */
    private record Run(int code, String said) {
        static Run of(String... args) {
            PrintStream out = System.out;
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            try {
                int code = Verify.execute(args);
                return new Run(code, said.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(out);
            }
        }
    }
}
