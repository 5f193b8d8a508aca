package io.mainstay.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker.xml files for operators, as a real replicated pair on the loopback interface. */
class ExternalPairTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final int primaryPort = freePort();
    private final int backupPort = freePort();
    private final String url = "(tcp://127.0.0.1:%d,tcp://127.0.0.1:%d)?ha=true".formatted(primaryPort, backupPort);
    private final LogConnectionFactory factory = new LogConnectionFactory();
    private final EmbeddedActiveMQ primary = new EmbeddedActiveMQ();
    private final EmbeddedActiveMQ backup = new EmbeddedActiveMQ();

    ExternalPairTest(@TempDir Path data) throws IOException {
        this.data = data;
        this.factory.setUrl(url);
    }

    @AfterEach
    void stop() throws Exception {
        backup.stop();
        primary.stop();
    }

    @Test
    void comesLateGetsItsTopologyAndSurvivesTheLossOfThePrimary() throws Exception {
        try (TopologyKeeper topology = new TopologyKeeper(url, null, null, new LogTopology(2))) {
            topology.ensureInBackground();
            start(primary, "primary", primaryPort, backupPort);
            await(() -> primary.getActiveMQServer().locateQueue(LogTopology.DEAD_LETTER_QUEUE) != null);
        }
        start(backup, "backup", backupPort, primaryPort);
        await(() -> backup.getActiveMQServer().isReplicaSync());
        send("kept");

        primary.getActiveMQServer().fail(true);
        await(() -> backup.getActiveMQServer().isActive());

        assertThat(receive()).isEqualTo("kept");
    }

    private void start(EmbeddedActiveMQ member, String role, int port, int peerPort) throws Exception {
        System.setProperty("mainstay.broker.data", data.resolve(role).toString());
        System.setProperty("mainstay.broker.security", "false");
        System.setProperty("mainstay.broker.host", "127.0.0.1");
        System.setProperty("mainstay.broker.port", Integer.toString(port));
        System.setProperty("mainstay.broker.peer.host", "127.0.0.1");
        System.setProperty("mainstay.broker.peer.port", Integer.toString(peerPort));
        System.setProperty("mainstay.cluster.password", "of this test");
        member.setConfigResourcePath(Path.of("../artemis-config/external", role + "-broker.xml")
                .toAbsolutePath()
                .toUri()
                .toString());
        member.start();
    }

    private void send(String text) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(LogTopology.ENGINE_QUEUE))) {
            producer.send(session.createTextMessage(text));
        }
    }

    private String receive() throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(LogTopology.ENGINE_QUEUE))) {
            connection.start();
            return ((TextMessage) consumer.receive(PATIENCE.toMillis())).getText();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(50);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
