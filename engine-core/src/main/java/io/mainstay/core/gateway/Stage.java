package io.mainstay.core.gateway;

/** The stages that a command passes before it reaches its shard, in this order. */
public enum Stage {
    /** Is it well-formed? */
    PRE_VALIDATION,
    /** May this caller do such a thing? */
    AUTHORIZATION,
    /** Is it within limits and quotas? */
    POLICY
}
