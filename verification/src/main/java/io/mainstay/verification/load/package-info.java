/**
 * Load from outside, over HTTP.
 *
 * <p>A <em>run</em> opens accounts, lets a fixed number of connections post transfers one after the other (a closed
 * loop), throws the warm-up away and reports the rest.
 */
@NullMarked
package io.mainstay.verification.load;

import org.jspecify.annotations.NullMarked;
