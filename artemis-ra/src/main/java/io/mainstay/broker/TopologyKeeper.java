package io.mainstay.broker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/** Brings the log's topology to a broker: at once, or in the background for as long as the broker is not there yet. */
final class TopologyKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopologyKeeper.class.getName());
    private static final long RETRY_MILLIS_MIN = 250;
    private static final long RETRY_MILLIS_MAX = 5_000;

    private final String url;
    private final @Nullable String userName;
    private final @Nullable String password;
    private final LogTopology topology;
    private final CountDownLatch closed = new CountDownLatch(1);

    TopologyKeeper(String url, @Nullable String userName, @Nullable String password, LogTopology topology) {
        this.url = url;
        this.userName = userName;
        this.password = password;
        this.topology = topology;
    }

    void ensure() throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(userName, password, false, true, true, false, 0)) {
            topology.ensure(session);
        }
    }

    void ensureInBackground() {
        Thread thread =
                Thread.ofPlatform().daemon().name("mainstay-log-topology").unstarted(this::ensureAtLast);
        thread.setContextClassLoader(TopologyKeeper.class.getClassLoader());
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void ensureAtLast() {
        long retryMillis = RETRY_MILLIS_MIN;
        try {
            do {
                if (ensured(retryMillis)) {
                    return;
                }
                retryMillis = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
            } while (!closed.await(retryMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ensured(long retryMillis) {
        try {
            ensure();
            LOG.info(() -> "Log topology for " + topology.shardCount() + " shards is present at " + url);
            return true;
        } catch (Exception e) {
            Level level = retryMillis == RETRY_MILLIS_MIN ? Level.WARNING : Level.FINE;
            LOG.log(level, e, () -> "No log topology at " + url + " yet, trying again until the broker is there: " + e);
            return false;
        }
    }
}
