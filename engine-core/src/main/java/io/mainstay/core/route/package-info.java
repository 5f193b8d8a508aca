/**
 * Which shard a command belongs to: routes, the hash of a key, and the directory of known ids.
 */
@NullMarked
package io.mainstay.core.route;

import org.jspecify.annotations.NullMarked;
