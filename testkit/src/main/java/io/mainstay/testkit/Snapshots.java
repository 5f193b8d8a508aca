package io.mainstay.testkit;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.snapshot.SnapshotChunk;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A domain's states in snapshots, chunk by chunk.
 *
 * @param <S> the state
 */
final class Snapshots<S> {
    /** A state is written in chunks of about a megabyte, so that a snapshot needs no memory of its own size. */
    static final int CHUNK_BYTES_MAX = 2 * 1024 * 1024;

    private final Domain<S, ?, ?> domain;

    Snapshots(Domain<S, ?, ?> domain) {
        this.domain = domain;
    }

    List<byte[]> of(S state) {
        List<byte[]> chunks = new ArrayList<>();
        WireWriter out = new WireWriter(64);
        domain.states().encode(state, out, () -> {
            if (out.size() > CHUNK_BYTES_MAX) {
                throw broken("a chunk of the snapshot has %d bytes, at most %d wanted: call chunkEnd earlier"
                        .formatted(out.size(), CHUNK_BYTES_MAX));
            }
            chunks.add(out.toByteArray());
            out.clear();
        });
        if (out.size() > 0) {
            throw broken(
                    "the snapshot's last %d bytes are lost: chunkEnd is not called behind them".formatted(out.size()));
        }
        return chunks;
    }

    S restored(List<byte[]> chunks) {
        S state = domain.stateMachine().emptyState();
        for (int index = 0; index < chunks.size(); index++) {
            WireReader in = new WireReader(chunks.get(index));
            try {
                domain.states().decode(state, in);
            } catch (RuntimeException bug) {
                throw new DomainBroken(
                        "domain %s: chunk %d of the snapshot cannot be read: %s".formatted(domain.name(), index, bug),
                        bug);
            }
            if (in.remaining() > 0) {
                throw broken("reading chunk %d of the snapshot leaves %d of %d bytes behind"
                        .formatted(index, in.remaining(), chunks.get(index).length));
            }
        }
        return state;
    }

    /** Takes the chunks through every form of snapshots that the domain brings along. */
    void takeThroughCodecs(List<byte[]> chunks) {
        for (SnapshotCodec codec : domain.snapshotCodecs()) {
            for (int index = 0; index < chunks.size(); index++) {
                byte[] bytes = chunks.get(index);
                byte[] back = codec.read(codec.write(new SnapshotChunk(
                        domain.name(), bytes.clone(), () -> domain.states().rows(new WireReader(bytes)))));
                if (!Arrays.equals(bytes, back)) {
                    throw broken("snapshot codec %s does not give back chunk %d".formatted(codec.name(), index));
                }
            }
        }
    }

    private DomainBroken broken(String what) {
        return new DomainBroken("domain " + domain.name() + ": " + what);
    }
}
