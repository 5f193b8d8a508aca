package io.mainstay.client.cli;

import io.mainstay.client.AccountPage;
import io.mainstay.client.ChangePage;
import io.mainstay.client.CloseAccount;
import io.mainstay.client.EntryPage;
import io.mainstay.client.FreezeAccount;
import io.mainstay.client.OpenAccount;
import io.mainstay.client.Range;
import io.mainstay.client.RenameAccount;
import io.mainstay.client.SetLimits;
import io.mainstay.client.Statement;
import io.mainstay.client.TransferPage;
import io.mainstay.client.UnfreezeAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay account}: what becomes of accounts, and why. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Open an account, change it, or look at one.")
final class AccountCommand {
    private static final String ACCOUNT = "ACCOUNT";
    private static final String ITS_ID = "its id";

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
                            description = "accounts of one ledger share a shard; default: ${DEFAULT-VALUE}")
                    String ledger,
            @Option(
                            names = "--min-balance",
                            defaultValue = "0",
                            paramLabel = Limit.LABEL,
                            description = "lowest balance in minor units, at most 0; default: ${DEFAULT-VALUE}")
                    String minBalance,
            @Option(
                            names = "--max-balance",
                            defaultValue = Limit.NONE,
                            paramLabel = Limit.LABEL,
                            description = "highest balance in minor units, at least 0; default: ${DEFAULT-VALUE}")
                    String maxBalance,
            @Option(names = "--reference", defaultValue = "", paramLabel = "TEXT", description = "text for people")
                    String reference,
            @Option(names = "--owner", paramLabel = "PARTY", description = "a party of the same ledger")
                    Optional<UUID> owner,
            @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses") Optional<UUID> id,
            @Mixin Key key) {
        OpenAccount order = new OpenAccount(
                id.orElse(null),
                ledger,
                asset,
                Limit.of("--min-balance", minBalance),
                Limit.of("--max-balance", maxBalance),
                reference,
                owner.orElse(null));
        return main.send(order, key, Documents::of);
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show an account as it is now, or as it was.")
    int show(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Option(
                            names = "--at",
                            paramLabel = "OFFSET",
                            description = "as the command at this offset of its shard's log left it")
                    Optional<Long> at,
            @Option(names = "--as-of", paramLabel = "TIME", description = "as it was at 2026-01-02T03:04:05Z")
                    Optional<String> asOf) {
        if (at.isPresent() && asOf.isPresent()) {
            throw new IllegalArgumentException("--at and --as-of are both given, one of them wanted");
        }
        if (at.isPresent()) {
            return main.ask(client -> List.of(Documents.of(client.accountAt(account, at.get()))));
        }
        if (asOf.isPresent()) {
            Instant time = Period.time("--as-of", asOf.get());
            return main.ask(client -> List.of(Documents.of(client.accountAsOf(account, time))));
        }
        return main.ask(client -> List.of(Documents.of(client.account(account))));
    }

    @Command(
            name = "entries",
            mixinStandardHelpOptions = true,
            description = "List an account's entries, newest first.")
    int entries(@Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account, @Mixin Paging paging) {
        paging.check();
        return main.ask(client -> paging.<String>read((count, cursor) -> {
            EntryPage page = client.entries(account, count, cursor);
            return new Paging.Page<>(page.entries().stream().map(Documents::of).toList(), page.next());
        }));
    }

    @Command(
            name = "statement",
            mixinStandardHelpOptions = true,
            description = "Show what a range of time did to an account: its balances before and after, and its entries,"
                    + " oldest first.")
    int statement(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Mixin Period period,
            @Mixin Paging paging) {
        paging.check();
        period.check();
        return main.ask(client -> paging.<String>readBehind((count, cursor) -> {
            Statement page = client.statement(account, period.page(count, cursor));
            return new Paging.Headed<>(
                    Documents.of(page),
                    new Paging.Page<>(page.entries().stream().map(Documents::of).toList(), page.next()));
        }));
    }

    @Command(
            name = "transfers",
            mixinStandardHelpOptions = true,
            description = "List transfers from an account or to it, the latest first.")
    int transfers(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Mixin Period period,
            @Mixin Paging paging) {
        paging.check();
        period.check();
        return main.ask(client -> paging.<String>read((count, cursor) -> {
            TransferPage page = client.transfers(account, period.page(count, cursor));
            return new Paging.Page<>(
                    page.transfers().stream().map(Documents::of).toList(), page.next());
        }));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the accounts of a party or of a ledger, opened last first.")
    int list(
            @Option(names = "--owner", paramLabel = "PARTY", description = "whose accounts") Optional<UUID> owner,
            @Option(names = "--ledger", paramLabel = "NAME", description = "the accounts of this ledger")
                    Optional<String> ledger,
            @Mixin Period period,
            @Mixin Paging paging) {
        if (owner.isPresent() == ledger.isPresent()) {
            throw new IllegalArgumentException("--owner or --ledger wanted, and not both");
        }
        paging.check();
        period.check();
        return main.ask(client -> paging.<String>read((count, cursor) -> {
            Range range = period.page(count, cursor);
            AccountPage page = owner.isPresent()
                    ? client.accountsOf(owner.get(), range)
                    : client.accountsIn(ledger.orElseThrow(), range);
            return new Paging.Page<>(page.accounts().stream().map(Documents::of).toList(), page.next());
        }));
    }

    @Command(
            name = "changes",
            mixinStandardHelpOptions = true,
            description = "List why an account is as it is: the commands that changed it, oldest first.")
    int changes(@Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account, @Mixin Paging paging) {
        paging.check();
        return main.ask(client -> paging.<Long>read((count, from) -> {
            ChangePage page = client.changes(account, count, from);
            return new Paging.Page<>(
                    page.changes().stream()
                            .map(change -> Documents.of(page.shard(), change))
                            .toList(),
                    page.next());
        }));
    }

    @Command(
            name = "limits",
            mixinStandardHelpOptions = true,
            description = "Set the lowest and the highest balance that transfers may leave.")
    int limits(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Option(names = "--min-balance", required = true, paramLabel = Limit.LABEL, description = "in minor units")
                    String minBalance,
            @Option(names = "--max-balance", required = true, paramLabel = Limit.LABEL, description = "in minor units")
                    String maxBalance,
            @Mixin Key key) {
        SetLimits order =
                new SetLimits(account, Limit.of("--min-balance", minBalance), Limit.of("--max-balance", maxBalance));
        return main.send(order, key, Documents::of);
    }

    @Command(name = "rename", mixinStandardHelpOptions = true, description = "Give an account another reference.")
    int rename(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Option(
                            names = "--reference",
                            required = true,
                            paramLabel = "TEXT",
                            description = "text for people; '' for none")
                    String reference,
            @Mixin Key key) {
        return main.send(new RenameAccount(account, reference), key, Documents::of);
    }

    @Command(
            name = "freeze",
            mixinStandardHelpOptions = true,
            description = "Let nothing new be taken from an account or given to it.")
    int freeze(
            @Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account,
            @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT", description = "for people")
                    String reason,
            @Mixin Key key) {
        return main.send(new FreezeAccount(account, reason), key, Documents::of);
    }

    @Command(name = "unfreeze", mixinStandardHelpOptions = true, description = "Let a frozen account be used again.")
    int unfreeze(@Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account, @Mixin Key key) {
        return main.send(new UnfreezeAccount(account), key, Documents::of);
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "Close an account for ever; its balance has to be 0, with nothing reserved or expected.")
    int close(@Parameters(paramLabel = ACCOUNT, description = ITS_ID) UUID account, @Mixin Key key) {
        return main.send(new CloseAccount(account), key, Documents::of);
    }
}
