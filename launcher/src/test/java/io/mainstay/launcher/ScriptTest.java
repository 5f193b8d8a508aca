package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code mainstay} script, in a tree of its own with JDKs and a Maven that only pretend. */
class ScriptTest {

    @TempDir
    private Path root;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void copyScript() throws IOException {
        Path script = Installation.find().root().resolve("mainstay");
        Files.copy(script, root.resolve("mainstay"));
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", root.toString());
        environment.put("MAINSTAY_JDKS", root + "/jdks/*");
    }

    @Test
    void takesTheNewestJdk() throws Exception {
        jdk("jdks/seventeen", 17);
        jdk("jdks/ninety-eight", 98);
        environment.put("JAVA_HOME", jdk("named", 97).toString());
        maven("echo \"maven with $JAVA_HOME\"");

        Run run = mainstay("test");

        assertThat(run.output()).contains("maven with " + root.resolve("jdks/ninety-eight"));
    }

    @Test
    void saysWhatItNeedsWhenNoJdkIsNewEnough() throws Exception {
        environment.put("PATH", tools().toString());
        jdk("jdks/seventeen", 17);

        Run run = mainstay("up");

        assertThat(run.output()).contains("no JDK 21 or newer", "seventeen", "JAVA_HOME");
        assertThat(run.exitCode()).isEqualTo(5);
    }

    @Test
    void addsUpTheReportsOfAllModulesInItsLastLine() throws Exception {
        jdk("jdks/new", 99);
        maven("""
                mkdir -p one/target/surefire-reports two/target/failsafe-reports
                echo '<testsuite name="A" time="1" tests="5" errors="1" skipped="1" failures="1">' > one/target/surefire-reports/TEST-a.xml
                echo '<testsuite name="B" time="1" tests="3" errors="0" skipped="0" failures="0">' > two/target/failsafe-reports/TEST-b.xml
                exit 1""");
        Path old = root.resolve("one/target/surefire-reports/TEST-old.xml");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "<testsuite name=\"Old\" tests=\"9\" errors=\"9\" skipped=\"0\" failures=\"0\">\n");

        Run run = mainstay("test");

        assertThat(run.output().lines().toList()).last().isEqualTo("5 passed, 2 failed, 1 skipped");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void buildsTheBenchmarksOnceAndHandsThemTheirArguments() throws Exception {
        Path jdk = jdk("jdks/new", 99);
        executable(jdk.resolve("bin/java"), "echo \"java $*\"");
        executable(root.resolve("bin/find"), "exit 0");
        maven("echo \"maven $*\"; touch verification/target/verification.jar");

        Run first = mainstay("bench durable --rate 100");
        Run second = mainstay("bench jmh");

        assertThat(first.output())
                .contains("maven ", "-Dprograms -pl verification -am")
                .contains("io.mainstay.verification.benchmark.Bench durable --rate 100");
        assertThat(second.output()).doesNotContain("maven").contains("Bench jmh");
    }

    @Test
    void refusesAnUnknownCommandWithHelp() throws Exception {
        Run run = mainstay("sideways");

        assertThat(run.output()).contains("unknown command: sideways", "./mainstay up");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private Path jdk(String name, int release) throws IOException {
        Path home = root.resolve(name);
        executable(home.resolve("bin/javac"), "exit 1");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%d.0.1\"\n".formatted(release));
        return home;
    }

    private void maven(String body) throws IOException {
        executable(root.resolve("bin/mvn"), body);
        environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    }

    /** A PATH with the system's tools but no JDK, wherever this machine has one. */
    private Path tools() throws IOException {
        for (String tool : List.of("sed", "dirname", "readlink", "grep", "ps", "find", "head", "cat")) {
            executable(root.resolve("tools").resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        return root.resolve("tools");
    }

    private static void executable(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run mainstay(String arguments) throws IOException, InterruptedException {
        List<String> line = Stream.concat(
                        Stream.of("/bin/sh", root.resolve("mainstay").toString()), Stream.of(arguments.split(" ")))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private record Run(int exitCode, String output) {}
}
