package io.mainstay.codec;

import static io.mainstay.codec.JsonView.JSON;

import io.mainstay.core.snapshot.SnapshotChunk;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.wire.WireException;
import jakarta.json.JsonArrayBuilder;
import java.nio.charset.StandardCharsets;

/**
 * Chunks of snapshots as JSON, for people: an object a chunk with its section, its rows, and the bytes that count.
 *
 * <p>As in {@link DomainText}, any version of a domain can be read from bytes, by its upcasters.
 */
public final class JsonSnapshot implements SnapshotCodec {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public byte[] write(SnapshotChunk chunk) {
        JsonArrayBuilder rows = JSON.createArrayBuilder();
        chunk.rows().get().forEach(row -> rows.add(JsonView.of(row)));
        return JSON.createObjectBuilder()
                .add("section", chunk.section())
                .add("rows", rows)
                .add("bytes", JsonView.of(chunk.bytes()))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] read(byte[] stored) {
        try {
            return JsonView.bytes(JsonView.parse(new String(stored, StandardCharsets.UTF_8)), "bytes");
        } catch (RuntimeException e) {
            throw new WireException("chunk of a snapshot is not the JSON that is wanted: " + e);
        }
    }
}
