package io.mainstay.verification.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** All chance of a run comes from here. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A source of its own, so that one part of a run may draw more without changing what another draws. */
    Dice split() {
        return new Dice(random.nextLong());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From 0 to one less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Both ends included; small numbers as likely as large ones. */
    int scaled(int least, int most) {
        double span = Math.log((double) most / least);
        return (int) Math.min(most, Math.round(least * Math.exp(random.nextDouble() * span)));
    }

    <T> T oneOf(List<T> list) {
        return list.get(below(list.size()));
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
