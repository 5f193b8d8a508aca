package io.mainstay.verification.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one server for all of them; it starts for the first and ends after the last. */
public final class SharedServer implements ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent("server", key -> new Running(TestServer.start("shared")), Running.class)
                .server();
    }

    private record Running(TestServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }
}
