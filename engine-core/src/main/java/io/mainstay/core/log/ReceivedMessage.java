package io.mainstay.core.log;

/**
 * A command that another shard's execution has sent, as it stands in the receiver's log.
 *
 * @param number counts the sender's messages to this shard, from 1
 * @param bytes the command in its domain's codec
 */
public record ReceivedMessage(int sender, long number, int domainId, byte[] bytes) implements LogEntry {}
