package io.mainstay.verification.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shard's purse: all that it paid to each shard and took from each, in order. */
final class PurseState {
    private final Map<Integer, List<Payment>> paid = new TreeMap<>();
    private final Map<Integer, List<Payment>> taken = new TreeMap<>();

    List<Payment> paidTo(int shard) {
        return paid.computeIfAbsent(shard, fresh -> new ArrayList<>());
    }

    List<Payment> takenFrom(int shard) {
        return taken.computeIfAbsent(shard, fresh -> new ArrayList<>());
    }

    Map<Integer, List<Payment>> paid() {
        return paid;
    }

    Map<Integer, List<Payment>> taken() {
        return taken;
    }

    /** All purses begin empty, and may owe. */
    long balanceMinor() {
        return sum(taken) - sum(paid);
    }

    private static long sum(Map<Integer, List<Payment>> payments) {
        return payments.values().stream()
                .flatMap(List::stream)
                .mapToLong(Payment::amountMinor)
                .sum();
    }

    /** An amount, and the offset at which its sender paid it. */
    record Payment(long serial, long amountMinor) {}
}
