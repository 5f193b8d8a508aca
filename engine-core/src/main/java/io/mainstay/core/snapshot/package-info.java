/** Snapshots: a shard's whole memory at one position of its log, so that recovery replays only what came after. */
@NullMarked
package io.mainstay.core.snapshot;

import org.jspecify.annotations.NullMarked;
