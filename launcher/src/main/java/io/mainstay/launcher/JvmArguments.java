package io.mainstay.launcher;

import java.util.ArrayList;
import java.util.List;

/** What the server's JVM gets beyond {@code jvm.options}: what depends on the home or on the JDK's release. */
final class JvmArguments {

    private static final int GENERATIONAL_ZGC_IS_DEFAULT = 23;
    private static final int UNSAFE_WARNS = 24;

    private JvmArguments() {}

    static String of(Settings settings) {
        return String.join(" ", of(settings, Runtime.version().feature()));
    }

    static List<String> of(Settings settings, int javaRelease) {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Xmx" + settings.heap());
        arguments.add("'-XX:HeapDumpPath=" + settings.logDirectory() + "'");
        if (javaRelease < GENERATIONAL_ZGC_IS_DEFAULT) {
            arguments.add("-XX:+ZGenerational");
        }
        if (javaRelease >= UNSAFE_WARNS) {
            // Netty inside the broker; the warning would be all that a quiet console shows.
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (!settings.jvmArguments().isEmpty()) {
            arguments.add(settings.jvmArguments());
        }
        return arguments;
    }
}
