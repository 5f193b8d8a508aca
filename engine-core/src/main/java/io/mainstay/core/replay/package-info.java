/**
 * The log read again, archived and live as one: to a state at a point, to a projection, or only to verify it.
 *
 * <p>Archive: the frames that left the live log. Compacted range: frames that were replaced by the latest events of each
 * aggregate. Checkpoint: how far a target has taken the log.
 */
@NullMarked
package io.mainstay.core.replay;

import org.jspecify.annotations.NullMarked;
