package io.mainstay.core.log;

/**
 * A cut through a shard's log between two commands: before the first one that has this offset, or this time, or more.
 *
 * @param offset in commands
 * @param micros since the epoch
 */
public record LogPoint(long offset, long micros) {
    public static final LogPoint START = new LogPoint(0, Long.MIN_VALUE);
    public static final LogPoint END = new LogPoint(Long.MAX_VALUE, Long.MAX_VALUE);

    public LogPoint {
        if (offset < 0) {
            throw new IllegalArgumentException("offset is " + offset + ", at least 0 wanted");
        }
    }

    public static LogPoint atOffset(long offset) {
        return new LogPoint(offset, Long.MAX_VALUE);
    }

    public static LogPoint atTime(long micros) {
        return new LogPoint(Long.MAX_VALUE, micros);
    }

    /** Whether a command of this offset and time lies before the cut. */
    public boolean isAfter(long commandOffset, long commandMicros) {
        return commandOffset < offset && commandMicros < micros;
    }

    @Override
    public String toString() {
        if (equals(END)) {
            return "the end";
        }
        return offset == Long.MAX_VALUE ? "time " + micros + " us" : "offset " + offset;
    }
}
