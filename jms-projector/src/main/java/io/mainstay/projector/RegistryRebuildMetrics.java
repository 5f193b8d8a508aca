package io.mainstay.projector;

import io.mainstay.core.rebuild.RebuildStatus.State;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What becomes of rebuilds, in the server's metric registry. */
final class RegistryRebuildMetrics implements RebuildMetrics {
    private static final Metadata RUNS = named("runs", "Rebuilds by their outcome");

    private final MetricRegistry registry;
    private final AtomicInteger running = new AtomicInteger();

    RegistryRebuildMetrics(MetricRegistry registry) {
        this.registry = registry;
        registry.gauge(
                named("running", "1 while this server makes a target's tables anew, else 0"),
                running,
                AtomicInteger::get);
        Stream.of(State.values()).filter(State::isEnd).forEach(end -> registry.counter(RUNS, outcome(end)));
    }

    @Override
    public void running(boolean runs) {
        running.set(runs ? 1 : 0);
    }

    @Override
    public void ended(State end) {
        registry.counter(RUNS, outcome(end)).inc();
    }

    private static Tag outcome(State end) {
        return new Tag("outcome", end.name().toLowerCase(Locale.ROOT));
    }

    private static Metadata named(String name, String description) {
        return Metadata.builder()
                .withName("mainstay_rebuild_" + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
