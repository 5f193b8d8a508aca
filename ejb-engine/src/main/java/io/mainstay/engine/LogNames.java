package io.mainstay.engine;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;

/** What the log's destinations and message properties are called in the broker. */
final class LogNames {
    static final String LOG_ADDRESS = "mainstay.log";
    static final String ENGINE_QUEUE = "mainstay.engine";
    /** The shard that a log message belongs to: queues select by it. */
    static final String SHARD_PROPERTY = "mainstayShard";
    /** The frame's sequence: truncation selects by it. Markers state 0: they go first. */
    static final String SEQUENCE_PROPERTY = "mainstaySequence";
    /** Set on epoch markers only; their body is empty. */
    static final String MARKER_PROPERTY = "mainstayMarker";
    /** Artemis drops a second message with the same value, for as long as it remembers the first. */
    static final String DUPLICATE_ID_PROPERTY = "_AMQ_DUPL_ID";

    private LogNames() {}

    static String retainedQueue(int shard) {
        return LOG_ADDRESS + "::mainstay.log.retained." + shard;
    }

    /** The whole body of a log message. */
    static byte[] frameOf(BytesMessage message) throws JMSException {
        byte[] frame = new byte[Math.toIntExact(message.getBodyLength())];
        message.readBytes(frame);
        return frame;
    }

    static String tokenQueue(int shard) {
        return "mainstay.shard." + shard + ".token";
    }
}
