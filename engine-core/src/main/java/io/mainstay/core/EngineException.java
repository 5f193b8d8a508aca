package io.mainstay.core;

/** The world or the engine itself is broken: what was tried, and how bad it is. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What has to happen now. */
    public enum Severity {
        /** The adapter tries again. */
        RETRY,
        /** Serve on and alert. */
        DEGRADED,
        /** Stop this shard, keep the rest. */
        FATAL
    }

    private final Severity severity;

    public EngineException(Severity severity, String message) {
        super(message);
        this.severity = severity;
    }

    public EngineException(Severity severity, String message, Throwable cause) {
        super(message, cause);
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }
}
