package io.mainstay.projector;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** The projector's figures in the server's metric registry, one series a target and shard. */
final class RegistryMetrics implements ProjectionMetrics {
    private final MetricRegistry registry;
    private final String target;
    private final Clock clock;
    private final Map<Integer, ShardMetrics> shards = new ConcurrentHashMap<>();

    RegistryMetrics(MetricRegistry registry, String target, Clock clock) {
        this.registry = registry;
        this.target = target;
        this.clock = clock;
    }

    /** Shows the state of the breaker that all targets have in common. */
    static void register(MetricRegistry registry, CircuitBreaker breaker) {
        registry.gauge(
                named("breaker", "0: the database serves, 1: one asks whether it does again, 2: nobody asks"),
                breaker,
                asked -> asked.state().number());
    }

    @Override
    public void projected(int shard, Progress progress) {
        ShardMetrics metrics = of(shard);
        metrics.frames.inc(progress.frames());
        metrics.rows.inc(progress.rows());
        metrics.transaction.update(progress.transaction());
        metrics.nextOffset.set(progress.executedBefore());
        metrics.projectedMicros.set(progress.timestampMicros());
        metrics.readBefore.set(progress.nextOffset());
    }

    @Override
    public void skipped(int shard, int frames) {
        of(shard).skipped.inc(frames);
    }

    @Override
    public void delivered(int shard, long nextOffset) {
        of(shard).deliveredBefore.accumulateAndGet(nextOffset, Math::max);
    }

    @Override
    public void dropped(int shard, int frames) {
        of(shard).dropped.inc(frames);
    }

    @Override
    public void orphaned(int shard) {
        of(shard).orphans.inc();
    }

    @Override
    public void retried(int shard) {
        of(shard).retries.inc();
    }

    @Override
    public void parked(int shard, int events) {
        of(shard).parked.inc(events);
    }

    @Override
    public void deadLetters(int shard, int open) {
        of(shard).deadLetters.set(open);
    }

    @Override
    public void damaged(int shard, boolean damaged) {
        of(shard).damaged.set(damaged ? 1 : 0);
    }

    private ShardMetrics of(int shard) {
        return shards.computeIfAbsent(shard, fresh -> new ShardMetrics(registry, clock, target, fresh));
    }

    private static Metadata named(String name, String description) {
        return Metadata.builder()
                .withName("mainstay_projection_" + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }

    private static final class ShardMetrics {
        private final Counter frames;
        private final Counter rows;
        private final Counter skipped;
        private final Counter dropped;
        private final Counter orphans;
        private final Counter retries;
        private final Counter parked;
        private final Timer transaction;
        private final AtomicLong nextOffset = new AtomicLong();
        private final AtomicLong deadLetters = new AtomicLong();
        private final AtomicLong damaged = new AtomicLong();
        private final AtomicLong deliveredBefore = new AtomicLong();
        private final AtomicLong readBefore = new AtomicLong();
        private final AtomicLong projectedMicros = new AtomicLong();

        ShardMetrics(MetricRegistry registry, Clock clock, String target, int shard) {
            Tag[] tag = {new Tag("target", target), new Tag("shard", Integer.toString(shard))};
            frames = registry.counter(named("frames", "Frames projected"), tag);
            rows = registry.counter(named("rows", "Rows inserted or updated"), tag);
            skipped = registry.counter(named("skipped", "Frames that came again and were skipped"), tag);
            dropped = registry.counter(
                    named("dropped", "Frames that found no room to wait and are read from the log"), tag);
            orphans = registry.counter(named("orphans", "Frames of failed appends, passed over"), tag);
            retries = registry.counter(named("retries", "Transactions that the database refused"), tag);
            parked = registry.counter(named("parked", "Events that have become dead letters"), tag);
            transaction = registry.timer(named("transaction", "Time of a transaction"), tag);
            gauge(registry, "next_offset", "All outcomes below this offset are projected", nextOffset::get, tag);
            gauge(registry, "dead_letters", "Dead letters that are open", deadLetters::get, tag);
            gauge(registry, "damaged", "1 if the shard's projection stands still for a damage", damaged::get, tag);
            gauge(registry, "behind", "Log entries delivered by the broker and not projected", this::behind, tag);
            gauge(
                    registry,
                    "lag_milliseconds",
                    "Age of the last frame that is projected, if others wait; else 0",
                    () -> lagMillis(clock),
                    tag);
        }

        private long behind() {
            return Math.max(0, deliveredBefore.get() - readBefore.get());
        }

        private long lagMillis(Clock clock) {
            return behind() == 0 ? 0 : Math.max(0, clock.millis() - projectedMicros.get() / 1000);
        }

        private static void gauge(
                MetricRegistry registry, String name, String description, Supplier<Long> value, Tag[] tag) {
            registry.gauge(named(name, description), value, Supplier::get, tag);
        }
    }
}
