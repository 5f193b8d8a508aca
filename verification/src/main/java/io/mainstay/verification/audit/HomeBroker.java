package io.mainstay.verification.audit;

import io.mainstay.broker.EmbeddedBroker;
import io.mainstay.broker.LogConnectionFactory;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.engine.ArtemisRetainedLog;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The broker of a home whose server is stopped, started for as long as its queues are read. */
final class HomeBroker implements AutoCloseable {
    private static final String URL = "vm://0";
    private static final String RETAINED = "mainstay.log.retained.";

    private final EmbeddedBroker broker;

    private HomeBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    static HomeBroker start(Path brokerXml, Path directory) throws Exception {
        return new HomeBroker(EmbeddedBroker.start(
                brokerXml.toAbsolutePath().normalize().toUri().toString(), directory));
    }

    /** The shards that the log was made for. */
    int shards() throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(URL);
                ClientSessionFactory sessions = locator.createSessionFactory();
                ClientSession session = sessions.createSession()) {
            int shards = 0;
            while (session.queueQuery(SimpleString.of(RETAINED + shards)).isExists()) {
                shards++;
            }
            return shards;
        }
    }

    RetainedLog retained(int shard) {
        LogConnectionFactory connections = new LogConnectionFactory();
        connections.setUrl(URL);
        return new ArtemisRetainedLog(() -> connections, shard);
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop in order", e);
        }
    }
}
