package io.mainstay.engine;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;

/** What is fixed when a log is made: the number of shards. It is recorded in the broker, beside the log. */
final class LogSetup {
    private static final String SHARDS_PROPERTY = "shards";
    private static final int NONE = 0;

    private final ConnectionFactory connections;

    LogSetup(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Records the number if none is recorded yet; returns the recorded one. Of two at once, the broker keeps the first. */
    int recordShards(int shards) throws JMSException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            Queue setup = session.createQueue(LogNames.ENGINE_QUEUE);
            int recorded = recordedShards(session, setup);
            if (recorded != NONE) {
                return recorded;
            }
            try (MessageProducer producer = session.createProducer(setup)) {
                Message first = session.createMessage();
                first.setIntProperty(SHARDS_PROPERTY, shards);
                first.setStringProperty(LogNames.DUPLICATE_ID_PROPERTY, SHARDS_PROPERTY);
                DurableSend.send(producer, first);
            }
            recorded = recordedShards(session, setup);
            if (recorded == NONE) {
                throw new JMSException("the broker did not keep the number of shards in " + LogNames.ENGINE_QUEUE);
            }
            return recorded;
        }
    }

    private static int recordedShards(Session session, Queue setup) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(setup)) {
            Enumeration<?> messages = browser.getEnumeration();
            return messages.hasMoreElements()
                    ? ((Message) messages.nextElement()).getIntProperty(SHARDS_PROPERTY)
                    : NONE;
        }
    }
}
