package io.mainstay.engine;

/** What the log's destinations and message properties are called in the broker. */
final class LogNames {
    static final String LOG_ADDRESS = "mainstay.log";
    static final String ENGINE_QUEUE = "mainstay.engine";
    /** The shard that a log message belongs to: queues select by it. */
    static final String SHARD_PROPERTY = "mainstayShard";
    /** Set on epoch markers only; their body is empty. */
    static final String MARKER_PROPERTY = "mainstayMarker";
    /** Artemis drops a second message with the same value, for as long as it remembers the first. */
    static final String DUPLICATE_ID_PROPERTY = "_AMQ_DUPL_ID";

    private LogNames() {}

    static String retainedQueue(int shard) {
        return LOG_ADDRESS + "::mainstay.log.retained." + shard;
    }

    static String tokenQueue(int shard) {
        return "mainstay.shard." + shard + ".token";
    }
}
