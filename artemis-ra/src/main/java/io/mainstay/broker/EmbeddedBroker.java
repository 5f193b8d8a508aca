package io.mainstay.broker;

import java.nio.file.Path;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** The broker running inside this JVM, configured by a {@code broker.xml} and keeping its journal in one directory. */
public final class EmbeddedBroker {

    private static final Logger LOG = Logger.getLogger(EmbeddedBroker.class.getName());

    /** The placeholder in broker.xml for the directory; Artemis fills in system properties only. */
    private static final String DATA_PROPERTY = "mainstay.broker.data";

    private final EmbeddedActiveMQ broker;

    private EmbeddedBroker(EmbeddedActiveMQ broker) {
        this.broker = broker;
    }

    /** Returns when the broker serves; {@code configUrl} is the address of its broker.xml. */
    public static EmbeddedBroker start(String configUrl, Path dataDirectory) throws Exception {
        long startNanos = System.nanoTime();
        System.setProperty(DATA_PROPERTY, dataDirectory.toString());
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfigResourcePath(configUrl);
        broker.start();
        ActiveMQServer server = broker.getActiveMQServer();
        if (!server.isActive()) {
            broker.stop();
            throw new IllegalStateException("embedded broker is not active; is another one using " + dataDirectory
                    + "? Stop it or set mainstay.broker.data.dir");
        }
        LOG.info(() -> "Embedded broker started in %d ms: journal %s (%s configured), data in %s"
                .formatted(
                        millisSince(startNanos),
                        effectiveJournal(server),
                        server.getConfiguration().getJournalType(),
                        dataDirectory));
        return new EmbeddedBroker(broker);
    }

    public void stop() throws Exception {
        long startNanos = System.nanoTime();
        broker.stop();
        LOG.info(() -> "Embedded broker stopped in " + millisSince(startNanos) + " ms");
    }

    /** What really writes the journal: ASYNCIO falls back to NIO where its native library is missing. */
    private static String effectiveJournal(ActiveMQServer server) {
        return server.getStorageManager()
                .getMessageJournal()
                .getFileFactory()
                .getClass()
                .getSimpleName()
                .replace("SequentialFileFactory", "");
    }

    private static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
