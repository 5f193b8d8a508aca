/**
 * The shard: one writer that sequences, appends, executes and answers; it owns no thread and no clock.
 */
@NullMarked
package io.mainstay.core.shard;

import org.jspecify.annotations.NullMarked;
