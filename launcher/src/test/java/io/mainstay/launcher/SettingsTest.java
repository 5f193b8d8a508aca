package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Installation INSTALLATION = new Installation(Path.of("/opt/mainstay"));

    @Test
    void livesInVarUnlessToldOtherwise() {
        assertThat(Settings.from(Map.of(), INSTALLATION).home()).isEqualTo(Path.of("/opt/mainstay/var"));
        assertThat(Settings.from(Map.of("MAINSTAY_HOME", "/srv/one"), INSTALLATION)
                        .home())
                .isEqualTo(Path.of("/srv/one"));
    }

    @Test
    void handsOnOnlyItsOwnVariables() {
        Map<String, String> environment = Map.of("MAINSTAY_WAL_FLUSH_POLICY", "group-commit", "PATH", "/bin");

        assertThat(new Settings(Path.of("home"), environment).environment())
                .containsExactly(Map.entry("MAINSTAY_WAL_FLUSH_POLICY", "group-commit"));
    }

    @Test
    void startsNoDatabaseWhenAHostIsNamed() {
        assertThat(new Settings(Path.of("home"), Map.of("MAINSTAY_DB_HOST", "db.example")).databaseIsExternal())
                .isTrue();
        assertThat(new Settings(Path.of("home"), Map.of()).databaseIsExternal()).isFalse();
    }

    @Test
    void reachesAServerThatListensEverywhereByLoopback() {
        Map<String, String> everywhere = Map.of("MAINSTAY_HTTP_HOST", "0.0.0.0", "MAINSTAY_HTTP_PORT", "8080");

        assertThat(new Settings(Path.of("home"), everywhere).baseUrl()).hasToString("http://127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "65536", "-1"})
    void refusesWhatIsNoPortAndNamesTheSetting(String port) {
        Settings settings = new Settings(Path.of("home"), Map.of("MAINSTAY_HTTP_PORT", port));

        assertThatThrownBy(settings::httpPort)
                .isInstanceOf(LauncherException.class)
                .hasMessageContainingAll("MAINSTAY_HTTP_PORT", port);
    }
}
