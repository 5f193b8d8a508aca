package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A shard's log as messages on the broker's log address, one message a frame.
 *
 * <p>The shard's owner holds the message of its token queue unacknowledged, in the very session that appends: a broker
 * that drops the session gives the token to another server and refuses this one's appends, so two owners never write.
 */
public final class ArtemisWriteAheadLog implements WriteAheadLog {
    private static final Logger LOG = Logger.getLogger(ArtemisWriteAheadLog.class.getName());

    /** A token that is free comes at once; only then is it not worth asking whether there is one at all. */
    private static final long TOKEN_MILLIS_USUAL = 200;

    private final ConnectionFactory connections;
    private final int shard;
    private final EngineConfig config;
    private final Runnable wakeUp;
    private final String group;
    /** What the ids of this owner's frames begin with. */
    private final String idPrefix = UUID.randomUUID() + "-";

    private @Nullable Connection connection;
    private @Nullable Session session;
    private @Nullable MessageProducer producer;
    private volatile String broken = "";

    /** {@code wakeUp} is called from the broker's threads when an append is decided. */
    public ArtemisWriteAheadLog(ConnectionFactory connections, int shard, EngineConfig config, Runnable wakeUp) {
        this.connections = connections;
        this.shard = shard;
        this.config = config;
        this.wakeUp = wakeUp;
        this.group = String.valueOf(shard);
    }

    @Override
    public void recover(Consumer<byte[]> frames) {
        try {
            Connection opened = connections.createConnection();
            connection = opened;
            opened.setExceptionListener(this::breakOff);
            opened.start();
            Session owner = opened.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            session = owner;
            takeToken(owner);
            MessageProducer appender = owner.createProducer(owner.createTopic(LogNames.LOG_ADDRESS));
            appender.setDeliveryMode(DeliveryMode.PERSISTENT);
            appender.setDisableMessageTimestamp(true);
            producer = appender;
            read(opened, mark(owner, appender), frames);
        } catch (JMSException | JMSRuntimeException e) {
            throw new EngineException(
                    Severity.RETRY, "shard " + shard + " cannot read its log from the broker: " + e.getMessage(), e);
        }
    }

    /** Hot: one call per batch; copies the frame into the message. */
    @Override
    public Append append(long sequence, byte[] frame, int size) {
        if (session == null || producer == null) {
            throw new IllegalStateException("shard " + shard + " appends to a log that was not recovered");
        }
        ArtemisAppend append = new ArtemisAppend(System.nanoTime());
        try {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(frame, 0, size);
            address(message, idPrefix + sequence, sequence);
            producer.send(message, append);
            return append;
        } catch (JMSException | JMSRuntimeException e) {
            throw new EngineException(
                    Severity.RETRY, "shard " + shard + ": the broker refused an append: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        breakOff(new JMSException("closed"));
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException | JMSRuntimeException e) {
                LOG.log(Level.FINE, e, () -> "shard " + shard + ": connection to the broker did not close cleanly");
            }
        }
    }

    /** The token is made once in the life of the log; the broker drops a second one by its duplicate id. */
    private void takeToken(Session owner) throws JMSException {
        jakarta.jms.Queue tokens = owner.createQueue(LogNames.tokenQueue(shard));
        MessageConsumer consumer = owner.createConsumer(tokens);
        if (consumer.receive(TOKEN_MILLIS_USUAL) != null) {
            return;
        }
        try (MessageProducer maker = owner.createProducer(tokens)) {
            Message token = owner.createTextMessage("token of shard " + shard);
            token.setStringProperty(LogNames.DUPLICATE_ID_PROPERTY, LogNames.tokenQueue(shard));
            DurableSend.send(maker, token);
        }
        if (consumer.receive(config.ownershipTimeout().toMillis()) == null) {
            throw new EngineException(
                    Severity.RETRY,
                    "shard " + shard + " is owned by another server (waited " + config.ownershipTimeout() + ")");
        }
    }

    /** Appends a marker: what any owner has appended lies before it. */
    private String mark(Session owner, MessageProducer appender) throws JMSException {
        String marker = UUID.randomUUID().toString();
        Message message = owner.createBytesMessage();
        message.setStringProperty(LogNames.MARKER_PROPERTY, marker);
        address(message, marker, 0);
        DurableSend.send(appender, message);
        return marker;
    }

    /** Reads by browsing, so that the messages stay where they are, acknowledged or not. */
    private void read(Connection opened, String marker, Consumer<byte[]> frames) throws JMSException {
        try (Session reader = opened.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = reader.createBrowser(reader.createQueue(LogNames.retainedQueue(shard)))) {
            for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                BytesMessage message = (BytesMessage) messages.nextElement();
                String found = message.getStringProperty(LogNames.MARKER_PROPERTY);
                if (marker.equals(found)) {
                    return;
                }
                if (found == null) {
                    frames.accept(LogNames.frameOf(message));
                }
            }
        }
        throw new EngineException(
                Severity.RETRY, "shard " + shard + ": the broker's log ended before the marker of this recovery");
    }

    /**
     * With an id the broker writes a message and its places in all queues as one transaction of its journal; without one,
     * a process that is killed can leave a frame before the projection that the log does not have, or the other way round.
     */
    private void address(Message message, String id, long sequence) throws JMSException {
        message.setStringProperty(LogNames.DUPLICATE_ID_PROPERTY, id);
        message.setIntProperty(LogNames.SHARD_PROPERTY, shard);
        message.setLongProperty(LogNames.SEQUENCE_PROPERTY, sequence);
        message.setStringProperty("JMSXGroupID", group);
    }

    private void breakOff(JMSException cause) {
        if (broken.isEmpty()) {
            broken = "connection to the broker lost: " + cause.getMessage();
        }
        wakeUp.run();
    }

    /** One message on its way into the broker's journal. */
    private final class ArtemisAppend implements Append, CompletionListener {
        private final long sentNanos;
        private volatile State state = State.PENDING;
        private volatile String failure = "";

        ArtemisAppend(long sentNanos) {
            this.sentNanos = sentNanos;
        }

        @Override
        public State state() {
            State now = state;
            if (now != State.PENDING) {
                return now;
            }
            if (!broken.isEmpty()) {
                failure = broken;
                return State.FAILED;
            }
            if (System.nanoTime() - sentNanos > config.appendTimeout().toNanos()) {
                failure = "no answer from the broker within " + config.appendTimeout();
                return State.FAILED;
            }
            return State.PENDING;
        }

        @Override
        public String failure() {
            return failure;
        }

        @Override
        public void onCompletion(Message message) {
            state = State.DURABLE;
            wakeUp.run();
        }

        @Override
        public void onException(Message message, Exception exception) {
            failure = "the broker refused it: " + exception.getMessage();
            state = State.FAILED;
            wakeUp.run();
        }
    }
}
