/**
 * The projector: reads the log and keeps PostgreSQL's tables as the engine's memory is.
 *
 * <p>A <em>subscription</em> reads one shard's log for one <em>target</em>. A <em>projection</em> turns the outcomes in its
 * frames into rows. Its <em>position</em>, one per target and shard, is written in the transaction of the rows: a frame that
 * comes twice changes nothing the second time, and one that is missing is read from the log. An <em>orphan</em> is a frame
 * behind a missing one: the unanswered tail of a failed append. A <em>circuit breaker</em> keeps all from asking a database
 * that is away; the engine goes on.
 */
@NullMarked
package io.mainstay.projector;

import org.jspecify.annotations.NullMarked;
