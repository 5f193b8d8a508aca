package io.mainstay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/extending.md} does what it says: its code compiles, its tests pass, and the engine finds its domain. */
class ExtendingTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "extending.md");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> worksSectionBySection() throws IOException {
        List<Tutorial.Section> sections = Tutorial.sections(Files.readString(DOCUMENT));
        assertThat(sections).hasSizeGreaterThan(7);
        return sections.stream()
                .map(section -> DynamicTest.dynamicTest(section.title(), () -> {
                    long passed = Tutorial.check(
                            section, directory.resolve(section.title().replace(' ', '-')));
                    long expected = section.files().values().stream()
                            .mapToLong(text -> text.split("@Test\\b", -1).length - 1L)
                            .sum();
                    assertThat(passed).isEqualTo(expected);
                }));
    }

    @Test
    void isFoundByTheEngine() throws IOException {
        List<Tutorial.Section> sections = Tutorial.sections(Files.readString(DOCUMENT));
        Tutorial.check(sections.get(sections.size() - 1), directory);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.resolve("classes").toUri().toURL()},
                getClass().getClassLoader())) {
            assertThat(Domains.load(loader).all()).extracting(Domain::name).contains("flights");
        }
    }

    @Test
    void noticesADocumentThatDoesNotCompile() {
        Tutorial.Section broken =
                new Tutorial.Section("broken", Map.of("src/main/java/Broken.java", "class Broken { int x = \"\"; }"));
        assertThatThrownBy(() -> Tutorial.check(broken, directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not compile")
                .hasMessageContaining("Broken.java:1");
    }

    @Test
    void noticesATestThatFails() {
        Tutorial.Section failing = new Tutorial.Section(
                "failing",
                Map.of(
                        "src/test/java/FailingTest.java",
                        "class FailingTest { @org.junit.jupiter.api.Test void fails() { throw new AssertionError(\"no\"); } }"));
        assertThatThrownBy(() -> Tutorial.check(failing, directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its tests fail")
                .hasMessageContaining("fails()");
    }

    @Test
    void noticesABlockWithoutAFile() {
        assertThatThrownBy(() -> Tutorial.sections("## Title\n```java\nclass Nowhere {}\n```\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("which file");
    }
}
