package io.mainstay.client.cli;

import io.mainstay.client.DefineAsset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay asset}: define, list. */
@Command(
        name = "asset",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Define an asset, or list them.")
final class AssetCommand {
    private final Main main;

    AssetCommand(Main main) {
        this.main = main;
    }

    @Command(
            name = "define",
            mixinStandardHelpOptions = true,
            description = "Define an asset; currencies of ISO 4217 are there already.")
    int define(
            @Parameters(paramLabel = "ASSET", description = "3 to 12 capital letters or digits") String code,
            @Option(
                            names = "--scale",
                            required = true,
                            paramLabel = "DIGITS",
                            description = "digits behind the point; they never change")
                    int scale,
            @Mixin Key key) {
        return main.send(new DefineAsset(code, scale), key, Documents::of);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the assets that each shard knows, and what of them is in flight.")
    int list() {
        return main.ask(client -> client.assets().stream().map(Documents::of).toList());
    }
}
