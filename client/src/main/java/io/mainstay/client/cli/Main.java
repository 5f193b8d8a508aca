package io.mainstay.client.cli;

import io.mainstay.client.ClientConfig;
import io.mainstay.client.MainstayClient;
import io.mainstay.client.MainstayException;
import io.mainstay.client.MainstayProblem;
import io.mainstay.client.Order;
import io.mainstay.client.Retry;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's entry, and the options that all its commands have. */
@Command(
        name = "mainstay",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Accounts, transfers, and why they are as they are.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the server refused",
            "2:the command line is wrong",
            "3:the server gave no answer or is not ready; an order may be done or not: repeat it with the printed --key"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mainstay account open --asset EUR --min-balance none",
            "  mainstay transfer post --from ID --to ID --amount 1250 --reference 'order 17'",
            "  mainstay account show ID --as-of 2026-01-02T03:04:05Z"
        })
public final class Main {
    static final int EXIT_REFUSED = 1;
    static final int EXIT_UNANSWERED = 3;

    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MAINSTAY_URL:-http://127.0.0.1:9080}",
            paramLabel = "URL",
            description = "the server; default: $MAINSTAY_URL, else http://127.0.0.1:9080")
    private URI url = URI.create("http://127.0.0.1:9080");

    @Option(
            names = "--tenant",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MAINSTAY_TENANT:-}",
            paramLabel = "NAME",
            description = "whose accounts; default: $MAINSTAY_TENANT, else the tenant without a name")
    private String tenant = "";

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print JSON, one document a line")
    private boolean json;

    @Option(
            names = "--wait",
            scope = ScopeType.INHERIT,
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "repeat for so long while the server is away; default: ${DEFAULT-VALUE}")
    private int waitSeconds = 10;

    Main(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exit = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    /** Runs one command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main(out, err);
        return new CommandLine(main)
                .addSubcommand(new AccountCommand(main))
                .addSubcommand(new TransferCommand(main))
                .addSubcommand(new AssetCommand(main))
                .addSubcommand(new PartyCommand(main))
                .addSubcommand(new SagaCommand(main))
                .addSubcommand(new DeadLettersCommand(main))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> main.report(failure))
                .execute(args);
    }

    /** Has an order done and prints the answer. */
    <T> int send(Order<T> order, Key key, Function<T, Map<String, Object>> document) {
        return ask(
                client -> List.of(document.apply(client.send(order, key.value()).value())));
    }

    /** Asks the server and prints what it says. */
    int ask(Function<MainstayClient, Iterable<Map<String, Object>>> question) {
        ClientConfig config = ClientConfig.of(url)
                .forTenant(tenant)
                .retrying(new Retry(
                        Duration.ofSeconds(waitSeconds), Retry.DEFAULT.pauseFirst(), Retry.DEFAULT.pauseMax()));
        try (MainstayClient client = new MainstayClient(config)) {
            for (Map<String, Object> document : question.apply(client)) {
                out.println(json ? Printed.json(document) : Printed.text(document));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private int report(Exception failure) throws Exception {
        if (failure instanceof IllegalArgumentException) {
            err.println("mainstay: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (!(failure instanceof MainstayException unanswered)) {
            throw failure;
        }
        if (unanswered instanceof MainstayProblem refusal) {
            Map<String, Object> document = Documents.of(refusal);
            err.println(json ? Printed.json(document) : "mainstay: " + Printed.sentence(refusal));
            if (refusal.status() < 500 && refusal.status() != 429) {
                return EXIT_REFUSED;
            }
        } else {
            err.println("mainstay: " + unanswered.getMessage());
        }
        if (unanswered.idempotencyKey() != null) {
            err.println("mainstay: to repeat it safely: --key " + unanswered.idempotencyKey());
        }
        return EXIT_UNANSWERED;
    }

    /** The version that the jar carries. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"mainstay " + (version == null ? "(not packaged)" : version)};
        }
    }
}
