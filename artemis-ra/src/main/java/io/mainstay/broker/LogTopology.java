package io.mainstay.broker;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQAddressExistsException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/**
 * The addresses and queues that a log of {@code shardCount} shards needs in the broker.
 *
 * <p>One message on the log address reaches its shard's retained queue, by filter, and the
 * projection's queue, where its message group (the shard) keeps it in order while the shards go to the projector's sessions
 * in parallel.
 */
public record LogTopology(int shardCount) {

    private static final Logger LOG = Logger.getLogger(LogTopology.class.getName());

    public static final String LOG_ADDRESS = "mainstay.log";
    public static final String PROJECTION_QUEUE = "mainstay.log.projection";
    /** The projection's queue of versions before: nobody reads it any more, and what it holds stands in the log. */
    static final String SQL_QUEUE = "mainstay.log.sql";

    static final String ENGINE_QUEUE = "mainstay.engine";
    static final String DEAD_LETTER_QUEUE = "DLQ";

    /** How long the projection's queue waits for all sessions before it hands out groups to those that came. */
    private static final long SESSIONS_AWAITED_MILLIS = 1000;

    public LogTopology {
        if (shardCount < 1) {
            throw new IllegalArgumentException("shards must be at least 1, not " + shardCount);
        }
    }

    public static String retainedQueue(int shard) {
        return "mainstay.log.retained." + shard;
    }

    static String tokenQueue(int shard) {
        return "mainstay.shard." + shard + ".token";
    }

    /** Creates what is missing, leaves what is there, and removes what nobody reads any more; safe to call again and from several servers at once. */
    public void ensure(ClientSession session) throws ActiveMQException {
        for (QueueConfiguration queue : queues()) {
            ensureAddress(session, queue.getAddress(), queue.getRoutingType());
            ensureQueue(session, queue);
        }
        removeQueue(session, SQL_QUEUE);
    }

    List<QueueConfiguration> queues() {
        return Stream.of(
                        IntStream.range(0, shardCount).mapToObj(LogTopology::retained),
                        Stream.of(projection()),
                        IntStream.range(0, shardCount)
                                .mapToObj(shard -> anycast(tokenQueue(shard)).setExclusive(true)),
                        Stream.of(anycast(ENGINE_QUEUE), anycast(DEAD_LETTER_QUEUE)))
                .flatMap(queues -> queues)
                .toList();
    }

    private static QueueConfiguration retained(int shard) {
        return multicast(retainedQueue(shard)).setFilterString("mainstayShard = " + shard);
    }

    /**
     * Groups are dealt out in turn, so that as many sessions as shards means one shard each: dispatch waits for the
     * sessions, and one that comes late makes the groups be dealt again once nothing is in flight, which keeps order.
     */
    private QueueConfiguration projection() {
        return multicast(PROJECTION_QUEUE)
                .setConsumersBeforeDispatch(shardCount)
                .setDelayBeforeDispatch(SESSIONS_AWAITED_MILLIS)
                .setGroupRebalance(true)
                .setGroupRebalancePauseDispatch(true);
    }

    private static QueueConfiguration multicast(String name) {
        return durable(name, LOG_ADDRESS, RoutingType.MULTICAST);
    }

    private static QueueConfiguration anycast(String name) {
        return durable(name, name, RoutingType.ANYCAST);
    }

    private static QueueConfiguration durable(String name, String address, RoutingType routingType) {
        return QueueConfiguration.of(name)
                .setAddress(address)
                .setRoutingType(routingType)
                .setDurable(true)
                .setAutoCreated(false);
    }

    /** Asking first is not enough: another server may create the same thing in between. */
    private static void ensureAddress(ClientSession session, SimpleString address, RoutingType routingType)
            throws ActiveMQException {
        if (session.addressQuery(address).isExists()) {
            return;
        }
        try {
            session.createAddress(address, routingType, false);
        } catch (ActiveMQAddressExistsException e) {
            LOG.log(Level.FINE, e, () -> address + " was created by another server");
        }
    }

    private static void removeQueue(ClientSession session, String queue) throws ActiveMQException {
        ClientSession.QueueQuery found = session.queueQuery(SimpleString.of(queue));
        if (!found.isExists() || found.getConsumerCount() > 0) {
            return;
        }
        try {
            session.deleteQueue(queue);
            LOG.info(() -> queue + " of an earlier version is removed");
        } catch (ActiveMQNonExistentQueueException e) {
            LOG.log(Level.FINE, e, () -> queue + " was removed by another server");
        }
    }

    private static void ensureQueue(ClientSession session, QueueConfiguration queue) throws ActiveMQException {
        if (session.queueQuery(queue.getName()).isExists()) {
            return;
        }
        try {
            session.createQueue(queue);
        } catch (ActiveMQQueueExistsException e) {
            LOG.log(Level.FINE, e, () -> queue.getName() + " was created by another server");
        }
    }
}
