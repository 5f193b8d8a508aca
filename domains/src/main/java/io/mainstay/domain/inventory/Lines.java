package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the lines of a command have in common. */
final class Lines {
    private Lines() {}

    static void checkCount(int count) {
        Checks.range("number of lines", count, 1, Line.COUNT_MAX);
    }

    /** The place of the first line whose item stood in a line before it; -1 if there is none. */
    static int firstRepeated(List<Line> lines) {
        Set<UUID> items = new HashSet<>();
        for (int index = 0; index < lines.size(); index++) {
            if (!items.add(lines.get(index).item())) {
                return index;
            }
        }
        return -1;
    }
}
