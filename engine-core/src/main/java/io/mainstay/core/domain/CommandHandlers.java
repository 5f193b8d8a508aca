package io.mainstay.core.domain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides commands by handlers for their type, version and tenant, for domains in which these differ. A tenant without a
 * handler of its own has the common one.
 *
 * <p>Versions are stated by {@link Command#version}; each keeps its own handler, so that a caller who asks in an old way is
 * decided in the old way.
 *
 * @param <S> the state
 * @param <C> the commands
 * @param <E> the events
 */
public final class CommandHandlers<S, C extends Command, E extends Event> {
    /** Decides one type of command. */
    public interface Handler<S, T, E extends Event> {
        Decision<E> decide(S state, T command, CommandContext context);
    }

    /** The highest version of a command. */
    public static final int VERSION_MAX = 255;

    private static final String ALL_TENANTS = "";

    private final Map<Class<?>, Map<String, Map<Integer, Handler<S, C, E>>>> handlers = new HashMap<>();

    /** Sets the handler of a type and version for all tenants that have none of their own. */
    public <T extends C> CommandHandlers<S, C, E> on(Class<T> type, int version, Handler<S, T, E> handler) {
        return on(ALL_TENANTS, type, version, handler);
    }

    /** Sets the handler of a type and version for one tenant. */
    public <T extends C> CommandHandlers<S, C, E> on(
            String tenant, Class<T> type, int version, Handler<S, T, E> handler) {
        if (version < 1 || version > VERSION_MAX) {
            throw new IllegalArgumentException("version " + version + ", 1 to " + VERSION_MAX + " wanted");
        }
        Handler<S, C, E> before = handlers.computeIfAbsent(type, fresh -> new HashMap<>())
                .computeIfAbsent(tenant, fresh -> new HashMap<>())
                .put(version, (state, command, context) -> handler.decide(state, type.cast(command), context));
        if (before != null) {
            throw new IllegalArgumentException(
                    "two handlers for version %d of %s, tenant '%s'".formatted(version, type.getName(), tenant));
        }
        return this;
    }

    /** Decides by the handler that fits; a command that has none is rejected as {@code command-unsupported}. */
    public Decision<E> decide(S state, C command, CommandContext context) {
        Map<String, Map<Integer, Handler<S, C, E>>> byTenant = handlers.getOrDefault(command.getClass(), Map.of());
        Handler<S, C, E> own = find(byTenant, command.tenant(), command.version());
        Handler<S, C, E> handler = own != null ? own : find(byTenant, ALL_TENANTS, command.version());
        if (handler != null) {
            return handler.decide(state, command, context);
        }
        return Decision.reject(new Rejection(
                Rejection.Kind.INVALID,
                "command-unsupported",
                "Version %d of %s is not supported."
                        .formatted(command.version(), command.getClass().getSimpleName()),
                ""));
    }

    private static <H> @Nullable H find(Map<String, Map<Integer, H>> byTenant, String tenant, int version) {
        Map<Integer, H> byVersion = byTenant.get(tenant);
        return byVersion == null ? null : byVersion.get(version);
    }
}
