package io.mainstay.client.cli;

import io.mainstay.client.PostTransfer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay transfer}: post, show. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Post a transfer, or look at one.")
final class TransferCommand {
    private final Main main;

    TransferCommand(Main main) {
        this.main = main;
    }

    @Command(name = "post", mixinStandardHelpOptions = true, description = "Move an amount between two accounts.")
    int post(
            @Option(names = "--from", required = true, paramLabel = "ACCOUNT", description = "who gives") UUID from,
            @Option(names = "--to", required = true, paramLabel = "ACCOUNT", description = "who receives") UUID to,
            @Option(
                            names = "--amount",
                            required = true,
                            paramLabel = "MINOR",
                            description = "in minor units of the asset: 1250 for EUR 12.50")
                    long amountMinor,
            @Option(names = "--reference", defaultValue = "", paramLabel = "TEXT", description = "text for people")
                    String reference,
            @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses") Optional<UUID> id,
            @Option(names = "--key", paramLabel = "KEY", description = "idempotency key; default: a new one")
                    Optional<String> key) {
        PostTransfer order = new PostTransfer(id.orElse(null), from, to, amountMinor, reference);
        return main.ask(client -> List.of(Documents.of(
                client.postTransfer(order, key.orElseGet(Documents::newKey)).value())));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a transfer.")
    int show(@Parameters(paramLabel = "TRANSFER", description = "its id") UUID transfer) {
        return main.ask(client -> List.of(Documents.of(client.transfer(transfer))));
    }
}
