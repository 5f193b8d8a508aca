/**
 * The way into the engine for everyone outside it: submit a command, ask a shard, read the engine's status.
 */
@NullMarked
package io.mainstay.core.gateway;

import org.jspecify.annotations.NullMarked;
