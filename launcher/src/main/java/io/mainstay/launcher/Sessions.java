package io.mainstay.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Puts a child process into a session of its own, out of reach of the terminal's signals, where the system can. */
final class Sessions {

    private static final String SETSID = "setsid";

    private Sessions() {}

    static List<String> ownSession() {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean present = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, SETSID)));
        return present ? List.of(SETSID) : List.of();
    }
}
