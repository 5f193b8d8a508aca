package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesPortPartAndSettingWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            LauncherException refusal = catchThrowableOfType(
                    LauncherException.class,
                    () -> Ports.requireFree("PostgreSQL", "127.0.0.1", port, "MAINSTAY_DB_PORT"));

            assertThat(refusal).hasMessageContainingAll("port " + port, "PostgreSQL", "MAINSTAY_DB_PORT=");
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.PORT_IN_USE);
        }
    }

    @Test
    void acceptsAFreePort() {
        int port = Ports.free();

        assertThatCode(() -> Ports.requireFree("the server", "127.0.0.1", port, "MAINSTAY_HTTP_PORT"))
                .doesNotThrowAnyException();
    }
}
