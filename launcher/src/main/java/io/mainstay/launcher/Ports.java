package io.mainstay.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine: which are free, and what to say when one is not. */
final class Ports {

    private Ports() {}

    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LauncherException("no free port on the loopback interface", e);
        }
    }

    static void requireFree(String part, String host, int port, String setting) {
        if (!isFree(host, port)) {
            throw new LauncherException(
                    ExitCode.PORT_IN_USE,
                    "port %d, which %s wants, is in use by another process; stop that, or choose another port: %s=%d ./mainstay up"
                            .formatted(port, part, setting, free()));
        }
    }

    static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
