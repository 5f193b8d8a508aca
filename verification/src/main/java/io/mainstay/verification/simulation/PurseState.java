package io.mainstay.verification.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A shard's purse: all that it paid to each shard and took from each, in order. A test may break it. */
class PurseState {
    private final Map<Integer, List<Payment>> paid = new TreeMap<>();
    private final Map<Integer, List<Payment>> taken = new TreeMap<>();

    /** What sagas hold here. */
    private final TreeMap<Place, Long> held = new TreeMap<>();
    /** What sagas have brought. */
    private long keptMinor;

    private boolean shut;

    Map<Place, Long> held() {
        return held;
    }

    long keptMinor() {
        return keptMinor;
    }

    void keep(long amountMinor) {
        keptMinor += amountMinor;
    }

    boolean isShut() {
        return shut;
    }

    void turn(boolean nowShut) {
        shut = nowShut;
    }

    List<Payment> paidTo(int shard) {
        return paid.getOrDefault(shard, List.of());
    }

    List<Payment> takenFrom(int shard) {
        return taken.getOrDefault(shard, List.of());
    }

    void pay(int shard, Payment payment) {
        paid.computeIfAbsent(shard, first -> new ArrayList<>()).add(payment);
    }

    void take(int shard, Payment payment) {
        taken.computeIfAbsent(shard, first -> new ArrayList<>()).add(payment);
    }

    /** Undoes {@link #pay} of the payment made last. */
    void unpay(int shard) {
        removeLast(paid, shard);
    }

    /** Undoes {@link #take} of the payment taken last. */
    void untake(int shard) {
        removeLast(taken, shard);
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

    private static void removeLast(Map<Integer, List<Payment>> payments, int shard) {
        List<Payment> list = payments.getOrDefault(shard, List.of());
        list.remove(list.size() - 1);
        if (list.isEmpty()) {
            payments.remove(shard);
        }
    }

    private static long sum(Map<Integer, List<Payment>> payments) {
        return payments.values().stream()
                .flatMap(List::stream)
                .mapToLong(Payment::amountMinor)
                .sum();
    }

    /** An amount, and the offset at which its sender paid it. */
    record Payment(long serial, long amountMinor) {}

    /** A part of a saga. */
    record Place(UUID share, int part) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = share.compareTo(other.share);
            return order == 0 ? Integer.compare(part, other.part) : order;
        }
    }
}
