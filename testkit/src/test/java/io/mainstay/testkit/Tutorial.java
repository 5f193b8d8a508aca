package io.mainstay.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A document with files in fenced blocks, which are typed in from top to bottom: a file that comes again takes the place of the
 * one before. At the end of each section that has files, all there is compiles without a warning and its tests pass.
 */
final class Tutorial {
    private static final Pattern HEADING = Pattern.compile("^## (.*)$", Pattern.MULTILINE);
    private static final Pattern BLOCK =
            Pattern.compile("^```\\w+\n(?://|#|--) (src/\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("^```java$", Pattern.MULTILINE);
    private static final String TESTS = "src/test/java/";
    private static final String RESOURCES = "src/main/resources/";

    private Tutorial() {}

    /**
     * What is there at the end of a section.
     *
     * @param files by path
     */
    record Section(String title, Map<String, String> files) {}

    static List<Section> sections(String document) {
        List<Section> sections = new ArrayList<>();
        Map<String, String> files = new LinkedHashMap<>();
        int blocks = 0;
        Matcher heading = HEADING.matcher(document);
        boolean more = heading.find();
        while (more) {
            String title = heading.group(1);
            int begin = heading.end();
            more = heading.find();
            Matcher block = BLOCK.matcher(document.substring(begin, more ? heading.start() : document.length()));
            boolean changed = false;
            while (block.find()) {
                files.put(block.group(1), block.group(2));
                blocks += block.group(1).endsWith(".java") ? 1 : 0;
                changed = true;
            }
            if (changed) {
                sections.add(new Section(title, new LinkedHashMap<>(files)));
            }
        }
        if (blocks != CODE.matcher(document).results().count()) {
            throw new AssertionError(
                    "a block of Java does not say on its first line which file it is, or is in no section");
        }
        return sections;
    }

    /** Compiles the section's files into an empty directory and runs their tests; returns how many passed. */
    static long check(Section section, Path directory) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> file : section.files().entrySet()) {
            boolean resource = file.getKey().startsWith(RESOURCES);
            Path path = resource
                    ? classes.resolve(file.getKey().substring(RESOURCES.length()))
                    : directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (!resource) {
                sources.add(path);
            }
        }
        compile(sources, classes);
        List<String> tests = section.files().keySet().stream()
                .filter(path -> path.startsWith(TESTS))
                .map(path -> path.substring(TESTS.length(), path.length() - ".java".length())
                        .replace('/', '.'))
                .toList();
        return tests.isEmpty() ? 0 : run(tests, classes);
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "--release",
                    "21",
                    "-Xlint:all,-options,-classfile,-processing",
                    "-Werror",
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new AssertionError("does not compile:\n" + messages);
            }
        }
    }

    private static long run(List<String> tests, Path classes) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(tests.stream()
                                            .map(DiscoverySelectors::selectClass)
                                            .toList())
                                    .build(),
                            listener);
            return passed(listener.getSummary());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static long passed(TestExecutionSummary summary) {
        if (summary.getTotalFailureCount() > 0) {
            StringWriter failures = new StringWriter();
            summary.printFailuresTo(new PrintWriter(failures));
            throw new AssertionError("its tests fail:" + failures);
        }
        return summary.getTestsSucceededCount();
    }
}
