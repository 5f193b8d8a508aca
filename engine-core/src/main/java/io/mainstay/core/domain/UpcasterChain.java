package io.mainstay.core.domain;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Upcaster.Rewrite;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A domain's upcasters, composed once: from every version that they reach the installed one from. */
final class UpcasterChain {
    private final Domain<?, ?, ?> domain;
    private final Map<Integer, Upcaster> steps = new TreeMap<>();
    private final Map<Integer, Path> paths = new HashMap<>();

    UpcasterChain(Domain<?, ?, ?> domain) {
        this.domain = domain;
        for (Upcaster step : domain.upcasters()) {
            if (step.from() >= domain.schemaVersion() || steps.put(step.from(), step) != null) {
                throw new IllegalArgumentException("domain %s of version %d has an upcaster too many from version %d"
                        .formatted(domain.name(), domain.schemaVersion(), step.from()));
            }
        }
        Path path = Path.EMPTY;
        paths.put(domain.schemaVersion(), path);
        for (int version = domain.schemaVersion() - 1; version > 0; version--) {
            Upcaster step = steps.get(version);
            if (step == null) {
                break;
            }
            path = path.after(step);
            paths.put(version, path);
        }
    }

    byte[] command(@Nullable Integer version, byte[] bytes) {
        return run(version, path(version).commands, bytes);
    }

    byte[] event(@Nullable Integer version, byte[] bytes) {
        return run(version, path(version).events, bytes);
    }

    byte[] state(@Nullable Integer version, byte[] chunk) {
        return run(version, path(version).states, chunk);
    }

    /** True if commands of that version are written otherwise than today's, or if nobody knows how. */
    boolean rewritesCommands(int version) {
        Path path = paths.get(version);
        return path == null || !path.commands.isEmpty();
    }

    private byte[] run(@Nullable Integer version, List<Rewrite> rewrites, byte[] bytes) {
        byte[] result = bytes;
        for (Rewrite rewrite : rewrites) {
            result = run(version, rewrite, result);
        }
        return result;
    }

    private byte[] run(@Nullable Integer version, Rewrite rewrite, byte[] bytes) {
        WireReader in = new WireReader(bytes);
        WireWriter out = new WireWriter(bytes.length + 16);
        try {
            rewrite.rewrite(in, out);
        } catch (RuntimeException bug) {
            throw failed("cannot take what version %s has written to version %d: %s"
                    .formatted(version, domain.schemaVersion(), bug));
        }
        if (in.remaining() != 0) {
            throw failed("leaves %d bytes behind of what version %s has written".formatted(in.remaining(), version));
        }
        return out.toByteArray();
    }

    private Path path(@Nullable Integer version) {
        Path path = version == null ? null : paths.get(version);
        if (path == null) {
            throw failed(
                    "finds version %s and is version %d, with upcasters from versions %s: install one that reads it"
                            .formatted(version == null ? "none" : version, domain.schemaVersion(), steps.keySet()));
        }
        return path;
    }

    private EngineException failed(String what) {
        return new EngineException(Severity.FATAL, "domain " + domain.name() + " " + what);
    }

    /** What is to be done one after the other. */
    private record Path(List<Rewrite> commands, List<Rewrite> events, List<Rewrite> states) {
        static final Path EMPTY = new Path(List.of(), List.of(), List.of());

        Path after(Upcaster step) {
            return new Path(
                    prepend(step.commands(), commands), prepend(step.events(), events), prepend(step.states(), states));
        }

        private static List<Rewrite> prepend(@Nullable Rewrite first, List<Rewrite> others) {
            return first == null
                    ? others
                    : Stream.concat(Stream.of(first), others.stream()).toList();
        }
    }
}
