package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Command metrics in the server's registry: a counter by command and outcome, a latency histogram by command. */
final class MicroProfileCommandMetrics implements CommandMetrics {
    private static final Metadata COUNT = Metadata.builder()
            .withName("mainstay_commands")
            .withDescription("Commands answered, by what became of them")
            .build();
    private static final Metadata LATENCY = Metadata.builder()
            .withName("mainstay_command_latency")
            .withDescription("Time from the submission of a command to its answer")
            .build();

    private final MetricRegistry registry;
    private final ConcurrentHashMap<CounterKey, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Class<?>, Timer> timers = new ConcurrentHashMap<>();

    MicroProfileCommandMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Measurement begin(Command command) {
        long startNanos = System.nanoTime();
        Class<?> type = command.getClass();
        return outcome -> {
            timers.computeIfAbsent(type, this::timer).update(Duration.ofNanos(System.nanoTime() - startNanos));
            counters.computeIfAbsent(new CounterKey(type, label(outcome)), this::counter)
                    .inc();
        };
    }

    private Timer timer(Class<?> type) {
        return registry.timer(LATENCY, new Tag("command", type.getSimpleName()));
    }

    private Counter counter(CounterKey key) {
        return registry.counter(
                COUNT, new Tag("command", key.type().getSimpleName()), new Tag("outcome", key.outcome()));
    }

    /** A rejection counts under its code, everything else under what it is. */
    private static String label(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided decided when decided.repeated() -> "repeated";
            case Outcome.Accepted accepted -> "accepted";
            case Outcome.Rejected rejected -> rejected.rejection().code();
            case Outcome.Denied denied -> denied.rejection().code();
            case Outcome.KeyReused reused -> "idempotency-key-reused";
            case Outcome.Overloaded overloaded -> "overloaded";
            case Outcome.Unavailable unavailable -> "shard-unavailable";
            case Outcome.Unknown unknown -> "outcome-unknown";
            case Outcome.Begun begun -> "begun";
            case Outcome.CrossShard crossShard -> "cross-shard-unsupported";
        };
    }

    private record CounterKey(Class<?> type, String outcome) {}
}
