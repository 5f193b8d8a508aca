package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.log.RetainedLog;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A shard's retained queue for snapshots and truncation, on connections of its own: the owner's session goes on.
 *
 * <p>Reading browses. Truncating consumes from the front what a selector on the frame's sequence gives, and acknowledges
 * in groups, after the archive has what they held.
 */
public final class ArtemisRetainedLog implements RetainedLog {
    private static final int ACKNOWLEDGE_GROUP = 64;
    private static final long EMPTY_MILLIS = 500;

    private final Supplier<ConnectionFactory> connections;
    private final int shard;

    public ArtemisRetainedLog(Supplier<ConnectionFactory> connections, int shard) {
        this.connections = connections;
        this.shard = shard;
    }

    @Override
    public void read(Consumer<byte[]> frames) {
        try (Connection connection = connections.get().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(LogNames.retainedQueue(shard)))) {
            connection.start();
            for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                Message message = (Message) messages.nextElement();
                if (!message.propertyExists(LogNames.MARKER_PROPERTY)) {
                    frames.accept(LogNames.frameOf((BytesMessage) message));
                }
            }
        } catch (JMSException | JMSRuntimeException e) {
            throw new EngineException(
                    Severity.RETRY, "shard " + shard + ": the retained log cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
        String gone = LogNames.SEQUENCE_PROPERTY + " < " + keepFromSequence;
        try (Connection connection = connections.get().createConnection();
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                MessageConsumer consumer =
                        session.createConsumer(session.createQueue(LogNames.retainedQueue(shard)), gone)) {
            connection.start();
            long frames = 0;
            Message last = null;
            int waiting = 0;
            for (Message next = consumer.receive(EMPTY_MILLIS); next != null; next = consumer.receive(EMPTY_MILLIS)) {
                last = next;
                if (!next.propertyExists(LogNames.MARKER_PROPERTY)) {
                    archive.accept(LogNames.frameOf((BytesMessage) next));
                    frames++;
                }
                if (++waiting == ACKNOWLEDGE_GROUP) {
                    sync.run();
                    next.acknowledge();
                    waiting = 0;
                    last = null;
                }
            }
            if (last != null) {
                sync.run();
                last.acknowledge();
            }
            return frames;
        } catch (JMSException | JMSRuntimeException e) {
            throw new EngineException(
                    Severity.RETRY, "shard " + shard + ": the retained log cannot be truncated: " + e.getMessage(), e);
        }
    }
}
