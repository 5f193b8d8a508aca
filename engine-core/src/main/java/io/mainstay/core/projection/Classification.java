package io.mainstay.core.projection;

/** Whom a value tells about. */
public enum Classification {
    /** Nobody in particular. */
    PUBLIC,
    /** A person: it never reaches a log line, and can be masked and erased. */
    PERSONAL
}
