/**
 * The simulator: many shards of the production code under virtual time, over logs and snapshots that fail.
 *
 * <p>A <em>run</em> is one seed: the same seed does the same things in the same order and has the same <em>trace</em>. A
 * <em>node</em> is one server with its shards and directories; a node that was declared dead and goes on is a
 * <em>zombie</em>. A <em>life</em> of a shard is the time between two recoveries. The <em>history</em> is what truly is durable in a shard's log, the <em>reference</em> what has to
 * follow from it. An <em>invariant</em> is a rule that holds in every run, whatever fails.
 */
@NullMarked
package io.mainstay.verification.simulation;

import org.jspecify.annotations.NullMarked;
