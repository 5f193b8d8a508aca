package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmArgumentsTest {

    private final Settings settings = new Settings(Path.of("/a home"), Map.of("MAINSTAY_HEAP", "512m"));

    @Test
    void asksForGenerationsWhereTheyAreNotTheDefault() {
        assertThat(JvmArguments.of(settings, 21)).contains("-XX:+ZGenerational");
        assertThat(JvmArguments.of(settings, 25)).doesNotContain("-XX:+ZGenerational");
    }

    @Test
    void usesNoOptionThatAnOlderReleaseDoesNotKnow() {
        assertThat(JvmArguments.of(settings, 21)).noneMatch(argument -> argument.startsWith("--sun-misc"));
        assertThat(JvmArguments.of(settings, 25)).contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void keepsAHomeWithASpaceInOneArgument() {
        assertThat(JvmArguments.of(settings, 25)).contains("-Xmx512m", "'-XX:HeapDumpPath=/a home/log'");
    }
}
