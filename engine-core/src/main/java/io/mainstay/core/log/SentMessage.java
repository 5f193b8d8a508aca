package io.mainstay.core.log;

/**
 * A command that a shard's execution sends to another shard, as it stands among the outcomes in the sender's log.
 *
 * @param bytes the command in its domain's codec
 */
public record SentMessage(int receiver, int domainId, byte[] bytes) {}
