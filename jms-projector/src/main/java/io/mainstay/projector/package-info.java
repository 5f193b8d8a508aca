/**
 * The projector: reads the log and keeps PostgreSQL's tables as the engine's memory is.
 *
 * <p>A <em>projection</em> turns the outcomes in a frame into rows. Its <em>position</em>, one per target and shard, is
 * written in the transaction of the rows: a frame delivered twice changes nothing the second time. An <em>orphan</em> is
 * a frame behind a missing one: the unanswered tail of a failed append. An <em>outage</em> is the time in which the
 * database refuses; frames wait, the engine goes on.
 */
@NullMarked
package io.mainstay.projector;

import org.jspecify.annotations.NullMarked;
