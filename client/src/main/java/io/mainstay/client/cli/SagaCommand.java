package io.mainstay.client.cli;

import picocli.CommandLine.Command;

/** {@code mainstay saga}: list. */
@Command(
        name = "saga",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "See what is under way between shards.")
final class SagaCommand {
    private final Main main;

    SagaCommand(Main main) {
        this.main = main;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List what is under way, the oldest of each shard first.")
    int list() {
        return main.ask(client -> client.sagas().stream().map(Documents::of).toList());
    }
}
