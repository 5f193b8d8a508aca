package io.mainstay.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** A built Mainstay: the server runtime and the packaged server, under the root of the source tree. */
public record Installation(Path root) {

    /** The system property by which the script says where the root is. */
    static final String ROOT_PROPERTY = "mainstay.root";

    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    /** The installation that the current directory, or one of its parents, belongs to. */
    public static Installation find() {
        String named = System.getProperty(ROOT_PROPERTY);
        if (named != null) {
            return new Installation(Path.of(named));
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path candidate = here; candidate != null; candidate = candidate.getParent()) {
            if (Files.isDirectory(candidate.resolve("liberty-config"))) {
                return new Installation(candidate);
            }
        }
        throw new LauncherException("no Mainstay in " + here + " or above; set -D" + ROOT_PROPERTY);
    }

    public Path ear() {
        return root.resolve("ear/target/mainstay.ear");
    }

    /** Open Liberty itself. */
    public Path runtime() {
        return root.resolve("ear/target/liberty/wlp");
    }

    /** Configuration, application, resource adapter and driver: copied into a home at each start. */
    public Path packagedServer() {
        return runtime().resolve("usr/servers").resolve(LibertyServer.SERVER_NAME);
    }

    Path serverScript() {
        Path script = runtime().resolve("bin/server");
        if (!Files.isExecutable(script) || !Files.isRegularFile(packagedServer().resolve("server.xml"))) {
            throw new LauncherException("no packaged server in " + runtime() + "; build it with ./mainstay up");
        }
        return script;
    }
}
