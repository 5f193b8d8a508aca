package io.mainstay.client.cli;

import io.mainstay.client.DeadLetterFilter;
import io.mainstay.client.DeadLetterPage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mainstay dead-letters}: list, show, retry, discard. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Deal with events that could not be written to the database.")
final class DeadLettersCommand {
    private final Main main;

    DeadLettersCommand(Main main) {
        this.main = main;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List dead letters, by target, shard and place in the log.")
    int list(
            @Option(names = "--target", paramLabel = "NAME", description = "those of this one alone") @Nullable
                    String target,
            @Option(names = "--shard", paramLabel = "N", description = "those of this one alone") @Nullable
                    Integer shard,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "parked, queued, resolved or discarded; default: parked and queued")
                    @Nullable
                    String state,
            @Mixin Paging paging) {
        paging.check();
        DeadLetterFilter filter = new DeadLetterFilter(target, shard, state);
        return main.ask(client -> paging.<UUID>read((count, next) -> {
            DeadLetterPage page = client.deadLetters(filter, count, next);
            return new Paging.Page<>(page.letters().stream().map(Documents::of).toList(), page.next());
        }));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a dead letter with its event, personal data masked, and where it failed.")
    int show(@Parameters(paramLabel = "ID", description = "the dead letter") UUID id) {
        return main.ask(client -> List.of(Documents.of(client.deadLetter(id))));
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Try all open dead letters of this one's target and shard again, in order.")
    int retry(@Parameters(paramLabel = "ID", description = "one of them") UUID id) {
        return main.ask(client -> List.of(Documents.of(client.retryDeadLetters(id))));
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description =
                    "Pass an event over for good: its rows keep their values, and those behind it can be retried.")
    int discard(
            @Parameters(paramLabel = "ID", description = "the dead letter") UUID id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; is kept")
                    String reason,
            @Option(
                            names = "--by",
                            required = true,
                            defaultValue = "${env:USER}",
                            paramLabel = "NAME",
                            description = "who wants it; is kept; default: $USER")
                    String by) {
        return main.ask(client -> List.of(Documents.of(client.discardDeadLetter(id, by, reason))));
    }
}
