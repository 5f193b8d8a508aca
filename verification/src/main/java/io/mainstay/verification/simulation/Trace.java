package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What happened in a run: its end in words, all of it as a hash, and the faults counted. */
final class Trace {
    private static final int KEPT = 64;

    private final String[] what = new String[KEPT];
    private final long[] numbers = new long[KEPT * 3];
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long hash = 0xcbf29ce484222325L;
    private long count;
    private long step;

    void step(long next) {
        step = next;
    }

    /** Notes that something happened, with the shard it happened to and one more number. */
    void note(String event, long shard, long number) {
        int slot = (int) (count++ % KEPT);
        what[slot] = event;
        numbers[slot * 3] = step;
        numbers[slot * 3 + 1] = shard;
        numbers[slot * 3 + 2] = number;
        mix(event.hashCode());
        mix(step);
        mix(shard);
        mix(number);
    }

    void note(Fault fault, long shard, long number) {
        faults.merge(fault, 1L, Long::sum);
        note(fault.toString(), shard, number);
    }

    /** Notes an answer, with the shard and the offset that it names. */
    void note(Outcome outcome) {
        mix(outcome.toString().hashCode());
        String kind = outcome.getClass().getSimpleName();
        switch (outcome) {
            case Outcome.Decided decided ->
                note(decided.repeated() ? kind + " again" : kind, decided.shard(), decided.offset());
            case Outcome.Begun begun -> note(begun.repeated() ? kind + " again" : kind, begun.shard(), begun.offset());
            case Outcome.KeyReused(var shard, var original) -> note(kind, shard, original);
            case Outcome.Overloaded overloaded -> note(kind, overloaded.shard(), -1);
            case Outcome.Unavailable unavailable -> note(kind, unavailable.shard(), -1);
            case Outcome.Unknown unknown -> note(kind, unknown.shard(), -1);
            case Outcome.Denied denied -> note(kind, -1, -1);
            case Outcome.CrossShard crossShard -> note(kind, -1, -1);
        }
    }

    /** Equal traces have equal hashes. */
    long hash() {
        return hash;
    }

    Map<Fault, Long> faults() {
        return faults;
    }

    /** The last things that happened, oldest first. */
    List<String> tail() {
        List<String> tail = new ArrayList<>();
        for (long index = Math.max(0, count - KEPT); index < count; index++) {
            int slot = (int) (index % KEPT);
            tail.add("step %d: shard %d: %s %d"
                    .formatted(numbers[slot * 3], numbers[slot * 3 + 1], what[slot], numbers[slot * 3 + 2]));
        }
        return tail;
    }

    private void mix(long number) {
        hash = Long.rotateLeft((hash ^ number) * 0x9E3779B97F4A7C15L, 29);
    }
}
