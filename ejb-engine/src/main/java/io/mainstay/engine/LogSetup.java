package io.mainstay.engine;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;

/** What is fixed when a log is made: the number of shards. It is recorded in the broker, beside the log. */
final class LogSetup {
    private final ConnectionFactory connections;

    LogSetup(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Records the number if none is recorded yet; returns the recorded one. */
    int recordShards(int shards) throws JMSException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            jakarta.jms.Queue setup = session.createQueue(LogNames.ENGINE_QUEUE);
            try (MessageProducer producer = session.createProducer(setup)) {
                Message first = session.createMessage();
                first.setIntProperty("shards", shards);
                first.setStringProperty(LogNames.DUPLICATE_ID_PROPERTY, "shards");
                DurableSend.send(producer, first);
            }
            try (QueueBrowser browser = session.createBrowser(setup)) {
                Enumeration<?> messages = browser.getEnumeration();
                if (!messages.hasMoreElements()) {
                    throw new JMSException("the broker's queue " + LogNames.ENGINE_QUEUE + " is empty");
                }
                return ((Message) messages.nextElement()).getIntProperty("shards");
            }
        }
    }
}
