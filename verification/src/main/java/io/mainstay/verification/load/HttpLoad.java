package io.mainstay.verification.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The load program's command line. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Post transfers over HTTP as fast as the server answers, and say how fast that was.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every request was answered with 201",
            "1:some were not, or the run broke off",
            "2:the command line is wrong"
        })
public final class HttpLoad implements Callable<Integer> {
    @Option(
            names = "--url",
            defaultValue = "${env:MAINSTAY_URL:-http://127.0.0.1:9080}",
            paramLabel = "URL",
            description = "the server; default: $MAINSTAY_URL, else http://127.0.0.1:9080")
    private URI url = URI.create("http://127.0.0.1:9080");

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            description = "concurrent connections, one request each; default: ${DEFAULT-VALUE}")
    private int connections = 64;

    @Option(names = "--accounts", paramLabel = "COUNT", description = "accounts to use; default: ${DEFAULT-VALUE}")
    private int accounts = 1_000;

    @Option(
            names = "--ledgers",
            paramLabel = "COUNT",
            description = "ledgers that the accounts are spread over; default: ${DEFAULT-VALUE}")
    private int ledgers = 16;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "not measured; default: ${DEFAULT-VALUE}")
    private int warmUpSeconds = 20;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "measured; default: ${DEFAULT-VALUE}")
    private int durationSeconds = 20;

    @Option(names = "--json", description = "print the figures as one line of JSON")
    private boolean json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new HttpLoad())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    System.err.println("load: " + failure.getMessage());
                    return failure instanceof IllegalArgumentException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadConfig config = new LoadConfig(
                url,
                connections,
                accounts,
                ledgers,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(durationSeconds),
                System.nanoTime());
        LoadRun run = new LoadRun(config);
        say("%d connections, %d accounts in %d ledgers, %d s of warm-up, %d s measured"
                .formatted(connections, accounts, ledgers, warmUpSeconds, durationSeconds));
        run.openAccounts();
        LoadReport report = run.postTransfers();
        System.out.println(json ? report.json() : report.text());
        return report.errorCount() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void say(String line) {
        if (!json) {
            System.out.println(line);
        }
    }
}
