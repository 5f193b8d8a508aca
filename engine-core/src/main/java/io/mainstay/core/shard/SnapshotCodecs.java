package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.snapshot.SnapshotCodec;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The installed forms of snapshots, by name. */
public final class SnapshotCodecs {
    /** The form without a codec. */
    public static final String BINARY = "binary";

    private final Map<String, SnapshotCodec> codecs = new TreeMap<>();

    /** Those beside the core, and those of the domains; {@link IllegalArgumentException} if two have one name. */
    public SnapshotCodecs(Domains domains) {
        ServiceLoader.load(SnapshotCodec.class, SnapshotCodecs.class.getClassLoader())
                .forEach(this::add);
        domains.all().forEach(domain -> domain.snapshotCodecs().forEach(this::add));
    }

    /** The codec for new snapshots, null for {@link #BINARY}; FATAL if there is none of that name. */
    public @Nullable SnapshotCodec chosen(String name) {
        return name.equals(BINARY) ? null : byName(name);
    }

    /** {@link EngineException} FATAL if there is none of that name. */
    SnapshotCodec byName(String name) {
        SnapshotCodec codec = codecs.get(name);
        if (codec == null) {
            throw new EngineException(
                    Severity.FATAL,
                    "snapshot codec %s is not installed, only %s and %s".formatted(name, BINARY, codecs.keySet()));
        }
        return codec;
    }

    private void add(SnapshotCodec codec) {
        if (codec.name().equals(BINARY) || codecs.put(codec.name(), codec) != null) {
            throw new IllegalArgumentException("two snapshot codecs are called " + codec.name());
        }
    }
}
