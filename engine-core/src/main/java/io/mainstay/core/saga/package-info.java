/**
 * Sagas: what is done in steps on several shards, all of them in the end or none.
 *
 * <p>A domain decides a {@link io.mainstay.core.domain.Saga}; its shard is then the saga's <em>coordinator</em>. A step is
 * <em>attempted</em>, and later <em>confirmed</em> or <em>cancelled</em>; the <em>pivot</em> is the step that decides. All
 * that is known of running sagas is the state of a domain of its own, {@link io.mainstay.core.saga.SagaDomain}: so it stands
 * in the log and in snapshots, and goes on by itself after a crash.
 */
@NullMarked
package io.mainstay.core.saga;

import org.jspecify.annotations.NullMarked;
