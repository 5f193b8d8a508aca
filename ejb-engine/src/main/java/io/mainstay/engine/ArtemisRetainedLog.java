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
    private static final long EMPTY_MILLIS = 500;

    private final Supplier<ConnectionFactory> connections;
    private final int shard;
    private final long groupBytes;

    /** Lets the log go in groups of the usual size. */
    public ArtemisRetainedLog(Supplier<ConnectionFactory> connections, int shard) {
        this(connections, shard, ArchiveConfig.DEFAULT.segmentBytes());
    }

    /** {@code groupBytes} of frames are let go at a time, about: what lies between two calls of {@code sync}. */
    public ArtemisRetainedLog(Supplier<ConnectionFactory> connections, int shard, long groupBytes) {
        this.connections = connections;
        this.shard = shard;
        this.groupBytes = groupBytes;
    }

    @Override
    public void read(Consumer<byte[]> frames) {
        read(0, frames);
    }

    @Override
    public void read(long fromSequence, Consumer<byte[]> frames) {
        String wanted = LogNames.SEQUENCE_PROPERTY + " >= " + fromSequence;
        try (Connection connection = connections.get().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser =
                        session.createBrowser(session.createQueue(LogNames.retainedQueue(shard)), wanted)) {
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
            long waitingBytes = 0;
            Message last = null;
            while (true) {
                Message next = consumer.receive(EMPTY_MILLIS);
                if (next == null && last == null) {
                    return frames;
                }
                if (next instanceof BytesMessage message && !next.propertyExists(LogNames.MARKER_PROPERTY)) {
                    byte[] frame = LogNames.frameOf(message);
                    archive.accept(frame);
                    waitingBytes += frame.length;
                    frames++;
                }
                boolean paused = next == null;
                last = paused ? last : next;
                // A broker that pages gives no more until some are acknowledged: so also when it pauses.
                if (last != null && (paused || waitingBytes >= groupBytes)) {
                    sync.run();
                    last.acknowledge();
                    last = null;
                    waitingBytes = 0;
                }
            }
        } catch (JMSException | JMSRuntimeException e) {
            throw new EngineException(
                    Severity.RETRY, "shard " + shard + ": the retained log cannot be truncated: " + e.getMessage(), e);
        }
    }
}
