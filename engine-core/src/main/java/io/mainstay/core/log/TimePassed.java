package io.mainstay.core.log;

/**
 * The shard's clock has passed a time at which something of a domain is due: decided like a command, at the time of its
 * batch.
 */
public record TimePassed(int domainId) implements LogEntry {}
