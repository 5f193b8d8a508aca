package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/**
 * Writes a domain's state into snapshots and reads it back.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
    /** Writes the state; {@code chunkEnd} is called after each part of up to about a megabyte, and at the end. */
    void encode(S state, WireWriter out, Runnable chunkEnd);

    /**
     * Reads one chunk into a state that held nothing before the first one.
     *
     * @param schemaVersion of the domain that wrote it; {@link io.mainstay.core.EngineException} FATAL if this version
     *     of the domain cannot read it
     */
    void decode(S state, int schemaVersion, WireReader chunk);
}
