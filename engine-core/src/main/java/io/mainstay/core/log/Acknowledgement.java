package io.mainstay.core.log;

/**
 * In the sender's log: the receiver has executed the sender's messages up to a number, so they need not be kept.
 *
 * @param upTo number of the last message executed
 */
public record Acknowledgement(int receiver, long upTo) implements LogEntry {}
