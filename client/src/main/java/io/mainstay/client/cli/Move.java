package io.mainstay.client.cli;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name what a transfer moves between two accounts. */
final class Move {
    private static final UUID UNSET = new UUID(0, 0);

    @Option(names = "--from", required = true, paramLabel = "ACCOUNT", description = "who gives")
    UUID from = UNSET;

    @Option(names = "--to", required = true, paramLabel = "ACCOUNT", description = "who receives")
    UUID to = UNSET;

    @Option(
            names = "--amount",
            required = true,
            paramLabel = "MINOR",
            description = "in minor units of the asset: 1250 for EUR 12.50")
    long amountMinor;

    @Option(names = "--reference", defaultValue = "", paramLabel = "TEXT", description = "text for people")
    String reference = "";

    @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses")
    private Optional<UUID> id = Optional.empty();

    /** Null to let the server choose. */
    @Nullable
    UUID id() {
        return id.orElse(null);
    }
}
