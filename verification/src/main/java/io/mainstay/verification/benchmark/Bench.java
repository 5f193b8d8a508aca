package io.mainstay.verification.benchmark;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The benchmarks' command line. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Measure the engine without a server around it.",
        subcommands = {
            JmhRun.class,
            DurableLoad.class,
            RecoveryLoad.class,
            SnapshotHold.class,
            TenantFlood.class,
            ProjectionLoad.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:it broke off, or commands were refused", "2:the command line is wrong"})
public final class Bench {
    /** Held, so that its level lasts. As in the server the broker's audit log is off: it would tell of every message. */
    private static final Logger ROOT = Logger.getLogger("");

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        ROOT.setLevel(Level.WARNING);
        return new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    System.err.println("bench: " + failure);
                    return failure instanceof IllegalArgumentException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }
}
