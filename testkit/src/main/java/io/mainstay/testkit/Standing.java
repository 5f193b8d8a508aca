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
 * @param aggregates that it names
 * @param chunks of its snapshot
 */
record Standing(long dueMicros, Map<UUID, Held> aggregates, List<byte[]> chunks) {
    /** Whose an aggregate is, and how often it was changed. */
    record Held(String tenant, long version) {}

    static <S> Standing of(StateMachine<S, ?, ?> rules, S state, List<byte[]> chunks) {
        Map<UUID, Held> aggregates = new TreeMap<>();
        rules.aggregates(
                state,
                (tenant, aggregate) -> aggregates.put(aggregate, new Held(tenant, rules.version(state, aggregate))));
        return new Standing(rules.dueMicros(state), aggregates, chunks);
    }

    /** What is other than it should be; empty if nothing. */
    Optional<String> differs(Standing expected) {
        if (dueMicros != expected.dueMicros) {
            return Optional.of("dueMicros is %d instead of %d".formatted(dueMicros, expected.dueMicros));
        }
        if (!aggregates.equals(expected.aggregates)) {
            return Optional.of("its aggregates are %s instead of %s".formatted(aggregates, expected.aggregates));
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
        out.writeInt(aggregates.size());
        aggregates.forEach((aggregate, held) -> {
            out.writeUuid(aggregate);
            out.writeText(held.tenant());
            out.writeLong(held.version());
        });
        out.writeInt(chunks.size());
        chunks.forEach(out::writeBytes);
    }

    static Standing read(WireReader in) {
        long dueMicros = in.readLong();
        Map<UUID, Held> aggregates = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            aggregates.put(in.readUuid(), new Held(in.readText(), in.readLong()));
        }
        List<byte[]> chunks = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            chunks.add(in.readBytes());
        }
        return new Standing(dueMicros, aggregates, chunks);
    }
}
