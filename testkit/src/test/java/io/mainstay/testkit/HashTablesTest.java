package io.mainstay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashTablesTest {
    @Test
    void turnsTablesAroundWhereverTheyAre() {
        Holder holder = new Holder();
        List<String> before = orders(holder);
        assertThat(HashTables.turn(holder)).isEqualTo(6);
        List<String> after = orders(holder);
        for (int index = 0; index < before.size(); index++) {
            assertThat(after.get(index)).isNotEqualTo(before.get(index)).hasSameSizeAs(before.get(index));
        }
    }

    @Test
    void keepsWhatTablesHold() {
        Holder holder = new Holder();
        Map<String, Integer> expected = Map.copyOf(holder.map);
        HashTables.turn(holder);
        assertThat(holder.map).isEqualTo(expected).isSameAs(holder.alias);
        holder.map.put("more", 5);
        holder.map.remove("a");
        holder.map.keySet().removeIf("b"::equals);
        holder.map.entrySet().removeIf(entry -> entry.getKey().equals("c"));
        holder.map.replaceAll((key, value) -> value + 1);
        assertThat(holder.map).isEqualTo(Map.of("more", 6)).hasSize(1);
        assertThat(holder.map.values()).containsExactly(6);
        holder.set.removeIf("a"::equals);
        assertThat(holder.set).containsExactlyInAnyOrder("b", "c");
        assertThat(holder.set.stream()).hasSize(2);
    }

    @Test
    void leavesOrderedMapsAlone() {
        Map<String, Integer> ordered = new LinkedHashMap<>(Map.of("a", 1));
        assertThat(HashTables.turn(List.of(ordered))).isZero();
    }

    private static List<String> orders(Holder holder) {
        return List.of(
                holder.map.toString(),
                holder.map.values().toString(),
                holder.set.toString(),
                List.of(holder.set.toArray()).toString(),
                holder.inList.get(0).toString(),
                holder.inArray[0].toString(),
                holder.inMap.values().iterator().next().toString(),
                holder.inRecord.values().toString());
    }

    private record Keeping(Map<Object, Integer> values) {}

    private static final class Holder {
        private final Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
        private final Map<String, Integer> alias = map;
        private final Set<String> set = new HashSet<>(Set.of("a", "b", "c"));
        private final List<Set<String>> inList = new ArrayList<>(List.of(new HashSet<>(Set.of("x", "y"))));
        private final Object[] inArray = {new HashSet<>(Set.of("x", "y"))};
        private final Map<String, Object> inMap = new LinkedHashMap<>(Map.of("k", new HashSet<>(Set.of("x", "y"))));
        private final Keeping record = new Keeping(new HashMap<>(Map.of(1, 1, 2000, 2, 33, 3)));
        private final Map<Object, Integer> inRecord = record.values();
    }
}
