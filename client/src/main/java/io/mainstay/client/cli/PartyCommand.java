package io.mainstay.client.cli;

import io.mainstay.client.ChangeParty;
import io.mainstay.client.OpenAccount;
import io.mainstay.client.RegisterParty;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay party}: register, change, show. */
@Command(
        name = "party",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Register a person or a company who owns accounts, change it, or look at one.")
final class PartyCommand {
    private final Main main;

    PartyCommand(Main main) {
        this.main = main;
    }

    @Command(name = "register", mixinStandardHelpOptions = true, description = "Register a person or a company.")
    int register(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "of the person or company")
                    String name,
            @Option(names = "--email", defaultValue = "", paramLabel = "ADDRESS", description = "default: none")
                    String email,
            @Option(
                            names = "--ledger",
                            defaultValue = OpenAccount.LEDGER_DEFAULT,
                            paramLabel = "NAME",
                            description = "that its accounts are in; default: ${DEFAULT-VALUE}")
                    String ledger,
            @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses") Optional<UUID> id,
            @Mixin Key key) {
        return main.send(new RegisterParty(id.orElse(null), ledger, name, email), key, Documents::of);
    }

    @Command(name = "change", mixinStandardHelpOptions = true, description = "Give a party another name and e-mail.")
    int change(
            @Parameters(paramLabel = "PARTY", description = "its id") UUID party,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "the new name") String name,
            @Option(names = "--email", defaultValue = "", paramLabel = "ADDRESS", description = "default: none")
                    String email,
            @Mixin Key key) {
        return main.send(new ChangeParty(party, name, email), key, Documents::of);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a party as it is now.")
    int show(@Parameters(paramLabel = "PARTY", description = "its id") UUID party) {
        return main.ask(client -> List.of(Documents.of(client.party(party))));
    }
}
