package io.mainstay.domain.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each name that occurs often a small number, so that a row holds the number. */
final class Names {
    private final List<String> byNumber = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();

    int numberOf(String name) {
        return byName.computeIfAbsent(name, fresh -> {
            byNumber.add(fresh);
            return byNumber.size() - 1;
        });
    }

    String nameOf(int number) {
        return byNumber.get(number);
    }
}
