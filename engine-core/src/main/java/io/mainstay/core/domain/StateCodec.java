package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.List;

/**
 * Writes a domain's state into snapshots and reads it back.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
    /** Writes the state; {@code chunkEnd} is called after each part of up to about a megabyte, and at the end. */
    void encode(S state, WireWriter out, Runnable chunkEnd);

    /** Reads one chunk, as this version of the domain writes it, into a state that held nothing before the first one. */
    void decode(S state, WireReader chunk);

    /** What a chunk holds as records, for people who read snapshots; none if the domain does not tell. */
    default List<?> rows(WireReader chunk) {
        return List.of();
    }
}
