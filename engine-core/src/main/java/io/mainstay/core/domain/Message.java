package io.mainstay.core.domain;

/**
 * A command that a decision sends to another shard: durable with the decision, executed there exactly once, after those
 * sent there before. The receiver's refusal goes unseen: a command that may be refused answers by a message of its own.
 *
 * @param receiver number of the shard
 */
public record Message(int receiver, Command command) {}
