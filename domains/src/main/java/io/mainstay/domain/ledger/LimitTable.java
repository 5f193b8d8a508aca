package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The pairs of a lowest and a highest balance that accounts have, so that a row holds a number for both. A pair goes when no
 * account has it any more: there are never more pairs than accounts.
 *
 * <p>Hot: {@link #minMinor} and {@link #maxMinor} read one place of an array.
 */
final class LimitTable {
    private static final int NONE = -1;

    private long[] mins = new long[16];
    private long[] maxs = new long[16];

    /** Accounts that have the pair; of a free number, the next free one. */
    private int[] uses = new int[16];

    private final Map<Limits, Integer> numbers = new HashMap<>();
    private int used;
    private int free = NONE;

    private record Limits(long minMinor, long maxMinor) {}

    long minMinor(int number) {
        return mins[number];
    }

    long maxMinor(int number) {
        return maxs[number];
    }

    /** The number of a pair for one account more. */
    int acquire(long minMinor, long maxMinor) {
        Integer known = numbers.get(new Limits(minMinor, maxMinor));
        if (known != null) {
            uses[known]++;
            return known;
        }
        int number = newNumber();
        mins[number] = minMinor;
        maxs[number] = maxMinor;
        uses[number] = 1;
        numbers.put(new Limits(minMinor, maxMinor), number);
        return number;
    }

    /** One account does not have the pair any more. */
    void release(int number) {
        Invariants.check(uses[number] > 0, "limits %d released, %d accounts have them", number, uses[number]);
        if (--uses[number] == 0) {
            numbers.remove(new Limits(mins[number], maxs[number]));
            uses[number] = free;
            free = number;
        }
    }

    private int newNumber() {
        if (free != NONE) {
            int number = free;
            free = uses[number];
            return number;
        }
        if (used == mins.length) {
            int size = Math.multiplyExact(used, 2);
            mins = Arrays.copyOf(mins, size);
            maxs = Arrays.copyOf(maxs, size);
            uses = Arrays.copyOf(uses, size);
        }
        return used++;
    }
}
