package io.mainstay.verification.audit;

import io.mainstay.verification.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a program said, and how it ended. */
record ProgramRun(int code, String said) {
    static ProgramRun of(ToIntFunction<String[]> program, TestServer server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", server.url().toString()));
        all.addAll(List.of(arguments));
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            int code = program.applyAsInt(all.toArray(new String[0]));
            return new ProgramRun(code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }
}
