/**
 * The broker that keeps the write-ahead log, as a resource adapter of the server.
 *
 * <p>Glossary: the <em>broker</em> is Artemis, either <em>embedded</em> in this server or <em>external</em>; the
 * <em>log address</em> is where every shard appends; a <em>retained queue</em> keeps one shard's log for recovery until
 * a snapshot covers it; the <em>SQL queue</em> feeds the projector; a shard's <em>token</em> is the message whose holder
 * owns that shard; the <em>topology</em> is all of these queues.
 */
@NullMarked
package io.mainstay.broker;

import org.jspecify.annotations.NullMarked;
