package io.mainstay.testkit;

import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a state has to say of itself, for comparing it with others.
 *
 * @param dueMicros when it wants to be looked at
 * @param versions of every aggregate that it names
 * @param stored how many aggregates each tenant has
 * @param chunks of its snapshot
 */
record Standing(long dueMicros, Map<UUID, Long> versions, Map<String, Long> stored, List<byte[]> chunks) {
    static <S> Standing of(StateMachine<S, ?, ?> rules, S state, List<byte[]> chunks) {
        Map<UUID, Long> versions = new TreeMap<>();
        rules.aggregates(state, aggregate -> versions.put(aggregate, rules.version(state, aggregate)));
        Map<String, Long> stored = new TreeMap<>();
        rules.stored(state, (tenant, count) -> stored.merge(tenant, count, Long::sum));
        return new Standing(rules.dueMicros(state), versions, stored, chunks);
    }

    /** What is other than it should be; empty if nothing. */
    Optional<String> differs(Standing expected) {
        if (dueMicros != expected.dueMicros) {
            return Optional.of("dueMicros is %d instead of %d".formatted(dueMicros, expected.dueMicros));
        }
        if (!versions.equals(expected.versions)) {
            return Optional.of(
                    "the versions of its aggregates are %s instead of %s".formatted(versions, expected.versions));
        }
        if (!stored.equals(expected.stored)) {
            return Optional.of("what its tenants store is %s instead of %s".formatted(stored, expected.stored));
        }
        if (chunks.size() != expected.chunks.size()) {
            return Optional.of(
                    "its snapshot has %d chunks instead of %d".formatted(chunks.size(), expected.chunks.size()));
        }
        for (int index = 0; index < chunks.size(); index++) {
            int at = Arrays.mismatch(chunks.get(index), expected.chunks.get(index));
            if (at >= 0) {
                return Optional.of("its snapshot is other from byte %d of chunk %d on".formatted(at, index));
            }
        }
        return Optional.empty();
    }

    void write(WireWriter out) {
        out.writeLong(dueMicros);
        out.writeInt(versions.size());
        versions.forEach((aggregate, version) -> {
            out.writeUuid(aggregate);
            out.writeLong(version);
        });
        out.writeInt(stored.size());
        stored.forEach((tenant, count) -> {
            out.writeText(tenant);
            out.writeLong(count);
        });
        out.writeInt(chunks.size());
        chunks.forEach(out::writeBytes);
    }

    static Standing read(WireReader in) {
        long dueMicros = in.readLong();
        Map<UUID, Long> versions = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            UUID aggregate = in.readUuid();
            versions.put(aggregate, in.readLong());
        }
        Map<String, Long> stored = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String tenant = in.readText();
            stored.put(tenant, in.readLong());
        }
        List<byte[]> chunks = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            chunks.add(in.readBytes());
        }
        return new Standing(dueMicros, versions, stored, chunks);
    }
}
