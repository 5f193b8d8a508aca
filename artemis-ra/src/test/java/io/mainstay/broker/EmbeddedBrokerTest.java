package io.mainstay.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged broker.xml and the topology on a real broker, used as the engine and the projector use them. */
class EmbeddedBrokerTest {

    private static final int SHARDS = 3;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String CONFIG = Path.of("../artemis-config/embedded/broker.xml")
            .toAbsolutePath()
            .toUri()
            .toString();

    private final Path data;
    private final LogConnectionFactory factory = new LogConnectionFactory();
    private final TopologyKeeper topology = new TopologyKeeper("vm://0", null, null, new LogTopology(SHARDS));
    private EmbeddedBroker broker;
    private Connection connection;

    EmbeddedBrokerTest(@TempDir Path data) throws Exception {
        this.data = data;
        this.broker = EmbeddedBroker.start(CONFIG, data);
        this.topology.ensure();
        this.connection = factory.createConnection();
    }

    @BeforeEach
    void deliver() throws Exception {
        connection.start();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
    }

    @Test
    void keepsEachShardsMessagesInItsRetainedQueue() throws Exception {
        append(0, 1);
        append(2, 7);
        append(2, 8);

        assertThat(receive(LogTopology.retainedQueue(0), 1)).containsExactly(1L);
        assertThat(receive(LogTopology.retainedQueue(2), 2)).containsExactly(7L, 8L);
        assertThat(receive(LogTopology.retainedQueue(1), 0)).isEmpty();
    }

    @Test
    void keepsMessagesAndTopologyOverARestart() throws Exception {
        append(1, 5);
        connection.close();
        broker.stop();

        broker = EmbeddedBroker.start(CONFIG, data);
        topology.ensure();
        connection = factory.createConnection();
        connection.start();

        assertThat(receive(LogTopology.retainedQueue(1), 1)).containsExactly(5L);
        assertThat(receive(LogTopology.PROJECTION_QUEUE, 1)).containsExactly(5L);
    }

    @Test
    void completesAnAsynchronousAppend() throws Exception {
        CountDownLatch durable = new CountDownLatch(1);
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createTopic(LogTopology.LOG_ADDRESS))) {
            producer.send(message(session, 0, 1), new CompletionListener() {
                @Override
                public void onCompletion(Message message) {
                    durable.countDown();
                }

                @Override
                public void onException(Message message, Exception exception) {}
            });

            assertThat(durable.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    @Test
    void spreadsShardsOverSessionsAndKeepsEachInOrder() throws Exception {
        int messagesPerShard = 200;
        Map<Integer, List<Long>> received = new ConcurrentHashMap<>();
        Map<Integer, Set<Integer>> sessionsOfShard = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(SHARDS * messagesPerShard);

        for (int index = 0; index < SHARDS; index++) {
            int sessionIndex = index;
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createConsumer(session.createQueue(LogTopology.LOG_ADDRESS + "::" + LogTopology.PROJECTION_QUEUE))
                    .setMessageListener(message -> {
                        try {
                            int shard = message.getIntProperty("mainstayShard");
                            received.computeIfAbsent(shard, key -> new CopyOnWriteArrayList<>())
                                    .add(((BytesMessage) message).readLong());
                            sessionsOfShard
                                    .computeIfAbsent(shard, key -> ConcurrentHashMap.newKeySet())
                                    .add(sessionIndex);
                        } catch (JMSException e) {
                            throw new IllegalStateException(e);
                        }
                        all.countDown();
                    });
        }
        for (long sequence = 0; sequence < messagesPerShard; sequence++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                append(shard, sequence);
            }
        }

        assertThat(all.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(received.values())
                .hasSize(SHARDS)
                .allSatisfy(sequences ->
                        assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize(messagesPerShard));
        assertThat(sessionsOfShard.values())
                .allSatisfy(sessions -> assertThat(sessions).hasSize(1))
                .doesNotHaveDuplicates();
    }

    @Test
    void givesAShardsTokenToOneSessionAtATime() throws Exception {
        String token = LogTopology.tokenQueue(1);
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(token))) {
            producer.send(session.createTextMessage("token"));
        }
        Connection owner = factory.createConnection();
        owner.start();
        Session owning = owner.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        assertThat(owning.createConsumer(owning.createQueue(token)).receive(PATIENCE_MILLIS))
                .isInstanceOf(TextMessage.class);

        Session heir = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer inheritance = heir.createConsumer(heir.createQueue(token));
        assertThat(inheritance.receive(200)).isNull();

        owner.close();
        assertThat(inheritance.receive(PATIENCE_MILLIS)).isNotNull();
    }

    @Test
    void createsNothingThatNobodyDeclared() throws Exception {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            assertThatThrownBy(() -> session.createProducer(session.createQueue("mainstay.typo")))
                    .isInstanceOf(JMSException.class);
        }
    }

    private void append(int shard, long sequence) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createTopic(LogTopology.LOG_ADDRESS))) {
            producer.send(message(session, shard, sequence));
        }
    }

    private static BytesMessage message(Session session, int shard, long sequence) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeLong(sequence);
        message.setIntProperty("mainstayShard", shard);
        message.setStringProperty("JMSXGroupID", Integer.toString(shard));
        return message;
    }

    private List<Long> receive(String queue, int count) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer =
                        session.createConsumer(session.createQueue(LogTopology.LOG_ADDRESS + "::" + queue))) {
            List<Long> sequences = new ArrayList<>();
            while (sequences.size() < count) {
                sequences.add(((BytesMessage) consumer.receive(PATIENCE_MILLIS)).readLong());
            }
            assertThat(consumer.receiveNoWait()).isNull();
            return sequences;
        }
    }
}
