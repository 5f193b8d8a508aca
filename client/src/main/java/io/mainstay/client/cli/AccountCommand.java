package io.mainstay.client.cli;

import io.mainstay.client.Entry;
import io.mainstay.client.EntryPage;
import io.mainstay.client.OpenAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay account}: open, show, entries. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Open an account, or look at one.")
final class AccountCommand {
    private static final int PAGE_ENTRIES = 100;
    private static final String UNLIMITED = "none";

    private final Main main;

    AccountCommand(Main main) {
        this.main = main;
    }

    @Command(name = "open", mixinStandardHelpOptions = true, description = "Open an account with a balance of zero.")
    int open(
            @Option(
                            names = "--asset",
                            required = true,
                            paramLabel = "ASSET",
                            description = "what it holds: 3 to 12 capital letters or digits, such as EUR")
                    String asset,
            @Option(
                            names = "--ledger",
                            defaultValue = OpenAccount.LEDGER_DEFAULT,
                            paramLabel = "NAME",
                            description = "accounts of one ledger transact with each other; default: ${DEFAULT-VALUE}")
                    String ledger,
            @Option(
                            names = "--min-balance",
                            defaultValue = "0",
                            paramLabel = "MINOR|none",
                            description = "lowest balance in minor units, at most 0; default: ${DEFAULT-VALUE}")
                    String minBalance,
            @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses") Optional<UUID> id,
            @Option(names = "--key", paramLabel = "KEY", description = "idempotency key; default: a new one")
                    Optional<String> key) {
        Long minBalanceMinor = UNLIMITED.equals(minBalance) ? null : Long.valueOf(minor(minBalance));
        OpenAccount order = new OpenAccount(id.orElse(null), ledger, asset, minBalanceMinor);
        return main.ask(client -> List.of(Documents.of(
                client.openAccount(order, key.orElseGet(Documents::newKey)).value())));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show an account as it is now.")
    int show(@Parameters(paramLabel = "ACCOUNT", description = "its id") UUID account) {
        return main.ask(client -> List.of(Documents.of(client.account(account))));
    }

    @Command(
            name = "entries",
            mixinStandardHelpOptions = true,
            description = "List an account's entries, newest first.")
    int entries(
            @Parameters(paramLabel = "ACCOUNT", description = "its id") UUID account,
            @Option(
                            names = "--limit",
                            defaultValue = "20",
                            paramLabel = "COUNT",
                            description = "at most so many; default: ${DEFAULT-VALUE}")
                    int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit is " + limit + ", at least 1 wanted");
        }
        return main.ask(client -> {
            List<Map<String, Object>> documents = new ArrayList<>();
            String cursor = null;
            do {
                int wanted = Math.min(PAGE_ENTRIES, limit - documents.size());
                EntryPage page = client.entries(account, wanted, cursor);
                for (Entry entry : page.entries()) {
                    documents.add(Documents.of(entry));
                }
                cursor = page.next();
            } while (cursor != null && documents.size() < limit);
            return documents;
        });
    }

    private static long minor(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--min-balance is '" + text + "', a whole number or none wanted", e);
        }
    }
}
