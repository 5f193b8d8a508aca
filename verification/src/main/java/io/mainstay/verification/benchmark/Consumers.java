package io.mainstay.verification.benchmark;

import io.mainstay.broker.LogConnectionFactory;
import io.mainstay.broker.LogTopology;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

/** Lets the retained log go as soon as it is there, unread: the least that any truncation costs. */
final class Consumers implements AutoCloseable {
    private final Connection connection;

    /** Begins; shards that are still reading their log would miss what goes. */
    Consumers(int shards) throws JMSException {
        LogConnectionFactory factory = new LogConnectionFactory();
        factory.setUrl(LocalEngine.BROKER_URL + "?consumerWindowSize=8388608");
        connection = factory.createConnection();
        for (int shard = 0; shard < shards; shard++) {
            Session session = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
            String queue = LogTopology.LOG_ADDRESS + "::" + LogTopology.retainedQueue(shard);
            session.createConsumer(session.createQueue(queue)).setMessageListener(frame -> {});
        }
        connection.start();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
