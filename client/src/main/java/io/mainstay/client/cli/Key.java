package io.mainstay.client.cli;

import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/** The option that every order has. */
final class Key {
    @Option(names = "--key", paramLabel = "KEY", description = "idempotency key; default: a new one")
    private Optional<String> key = Optional.empty();

    String value() {
        return key.orElseGet(() -> UUID.randomUUID().toString());
    }
}
