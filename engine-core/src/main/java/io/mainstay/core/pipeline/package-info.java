/**
 * What a command passes on its caller's thread before it reaches a shard: pre-validation, authorization and policy, in
 * this order, and the hooks around it. What only the state can tell is decided behind it, by the domain.
 */
@NullMarked
package io.mainstay.core.pipeline;

import org.jspecify.annotations.NullMarked;
