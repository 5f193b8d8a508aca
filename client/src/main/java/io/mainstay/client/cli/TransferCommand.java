package io.mainstay.client.cli;

import io.mainstay.client.CancelTransfer;
import io.mainstay.client.ConfirmTransfer;
import io.mainstay.client.Leg;
import io.mainstay.client.PostEntries;
import io.mainstay.client.PostTransfer;
import io.mainstay.client.ReserveTransfer;
import io.mainstay.client.ReverseTransfer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay transfer}: at once or in two steps, taken back, shown. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Post or reserve a transfer, decide what becomes of it, or look at one.")
final class TransferCommand {
    private static final String TRANSFER = "TRANSFER";
    private static final String ITS_ID = "its id";

    private final Main main;

    TransferCommand(Main main) {
        this.main = main;
    }

    @Command(name = "post", mixinStandardHelpOptions = true, description = "Move an amount between two accounts.")
    int post(@Mixin Move move, @Mixin Key key) {
        return main.send(
                new PostTransfer(move.id(), move.from, move.to, move.amountMinor, move.reference), key, Documents::of);
    }

    @Command(
            name = "reserve",
            mixinStandardHelpOptions = true,
            description = "Set an amount aside until the transfer is confirmed or cancelled, or expires.")
    int reserve(
            @Mixin Move move,
            @Option(
                            names = "--expires-in",
                            defaultValue = "86400",
                            paramLabel = "SECONDS",
                            description = "released by itself after that; default: a day")
                    long expiresInSeconds,
            @Mixin Key key) {
        ReserveTransfer order = new ReserveTransfer(
                move.id(), move.from, move.to, move.amountMinor, move.reference, Duration.ofSeconds(expiresInSeconds));
        return main.send(order, key, Documents::of);
    }

    @Command(
            name = "confirm",
            mixinStandardHelpOptions = true,
            description = "Post a reserved transfer, all of it or a part; the rest is released.")
    int confirm(
            @Parameters(paramLabel = TRANSFER, description = ITS_ID) UUID transfer,
            @Option(
                            names = "--amount",
                            paramLabel = "MINOR",
                            description = "at most what is reserved; default: all of it")
                    Optional<Long> amountMinor,
            @Mixin Key key) {
        return main.send(new ConfirmTransfer(transfer, amountMinor.orElse(null)), key, Documents::of);
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Release what a reserved transfer has set aside.")
    int cancel(@Parameters(paramLabel = TRANSFER, description = ITS_ID) UUID transfer, @Mixin Key key) {
        return main.send(new CancelTransfer(transfer), key, Documents::of);
    }

    @Command(
            name = "reverse",
            mixinStandardHelpOptions = true,
            description = "Take a posted transfer back by a new one; that can be done once.")
    int reverse(
            @Parameters(paramLabel = TRANSFER, description = ITS_ID) UUID transfer,
            @Option(names = "--id", paramLabel = "UUID", description = "of the new one; default: the server chooses")
                    Optional<UUID> id,
            @Mixin Key key) {
        return main.send(new ReverseTransfer(id.orElse(null), transfer), key, Documents::of);
    }

    @Command(
            name = "split",
            mixinStandardHelpOptions = true,
            description = "Move amounts between 2 to 64 accounts, all or nothing.")
    int split(
            @Option(
                            names = "--leg",
                            required = true,
                            paramLabel = "ACCOUNT=MINOR",
                            description = "once for each account; below zero if it gives; they add up to 0")
                    Map<UUID, Long> legs,
            @Option(names = "--reference", defaultValue = "", paramLabel = "TEXT", description = "text for people")
                    String reference,
            @Option(names = "--id", paramLabel = "UUID", description = "default: the server chooses") Optional<UUID> id,
            @Mixin Key key) {
        List<Leg> all = legs.entrySet().stream()
                .map(leg -> new Leg(leg.getKey(), leg.getValue()))
                .toList();
        return main.send(new PostEntries(id.orElse(null), all, reference), key, Documents::of);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a transfer, from the database.")
    int show(@Parameters(paramLabel = TRANSFER, description = ITS_ID) UUID transfer) {
        return main.ask(client -> List.of(Documents.of(client.transfer(transfer))));
    }

    @Command(
            name = "state",
            mixinStandardHelpOptions = true,
            description = "Show how far a transfer is and what it moves, from memory.")
    int state(@Parameters(paramLabel = TRANSFER, description = ITS_ID) UUID transfer) {
        return main.ask(client -> List.of(Documents.of(client.transferState(transfer))));
    }
}
