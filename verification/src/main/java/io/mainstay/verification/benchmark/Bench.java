package io.mainstay.verification.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The benchmarks' command line. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Measure the engine without a server around it.",
        subcommands = {JmhRun.class, DurableLoad.class, RecoveryLoad.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:it broke off, or commands were refused", "2:the command line is wrong"})
public final class Bench {
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
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
