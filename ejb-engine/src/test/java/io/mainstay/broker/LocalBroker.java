package io.mainstay.broker;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The server's own broker, with its own configuration and topology, for tests of what speaks to it. */
public final class LocalBroker {
    private static final String URL = "vm://0";
    private final EmbeddedBroker broker;

    private LocalBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    public static LocalBroker start(Path directory, int shards) throws Exception {
        Path config = Path.of("../artemis-config/embedded/broker.xml")
                .toAbsolutePath()
                .normalize();
        LocalBroker started =
                new LocalBroker(EmbeddedBroker.start(config.toUri().toString(), directory));
        try (ServerLocator locator = ActiveMQClient.createServerLocator(URL);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            new LogTopology(shards).ensure(session);
        }
        return started;
    }

    public ConnectionFactory connections() {
        LogConnectionFactory factory = new LogConnectionFactory();
        factory.setUrl(URL);
        return factory;
    }

    public void close() throws Exception {
        broker.stop();
    }
}
