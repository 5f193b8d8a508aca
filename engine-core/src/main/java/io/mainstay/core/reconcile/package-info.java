/**
 * Whether the database shows what the engine holds: {@code Reconciliation} compares both at one offset of each shard, and
 * tells each {@code Difference}.
 */
@NullMarked
package io.mainstay.core.reconcile;

import org.jspecify.annotations.NullMarked;
