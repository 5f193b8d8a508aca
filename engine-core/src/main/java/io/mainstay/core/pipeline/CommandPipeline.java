package io.mainstay.core.pipeline;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps and hooks of each type of command, composed once.
 *
 * <p>Hot: one look-up by the command's class, then arrays. A group passes the steps of groups, and each of its commands
 * those of its own type.
 */
public final class CommandPipeline {
    private final Map<Class<?>, Composed> byType = new HashMap<>();
    private final FailureListener failures;

    /** Is told what hooks and steps throw. */
    public interface FailureListener {
        void failed(Object stepOrHook, CommandRequest request, RuntimeException bug);
    }

    private record Composed(CommandStep[] steps, CommandHook[] hooks) {}

    public CommandPipeline(
            Domains domains,
            List<? extends CommandStep> steps,
            List<? extends CommandHook> hooks,
            FailureListener failures) {
        this.failures = failures;
        List<CommandStep> ordered = steps.stream()
                .<CommandStep>map(step -> step)
                .sorted(Comparator.comparing(CommandStep::stage))
                .toList();
        for (Class<? extends Command> type : domains.commandTypes()) {
            byType.put(type, compose(type, ordered, hooks));
        }
        byType.put(CommandGroup.class, compose(CommandGroup.class, ordered, hooks));
    }

    /** These steps and hooks, and behind them every one that the class loader offers. */
    public static CommandPipeline load(
            Domains domains,
            List<? extends CommandStep> steps,
            List<? extends CommandHook> hooks,
            ClassLoader loader,
            FailureListener failures) {
        return new CommandPipeline(
                domains,
                Stream.concat(steps.stream(), provided(CommandStep.class, loader))
                        .toList(),
                Stream.concat(hooks.stream(), provided(CommandHook.class, loader))
                        .toList(),
                failures);
    }

    private static <T> Stream<T> provided(Class<T> type, ClassLoader loader) {
        return ServiceLoader.load(type, loader).stream().map(ServiceLoader.Provider::get);
    }

    /**
     * Tells the hooks of the request, then checks it; returns why it is refused, or null. {@link IllegalArgumentException}
     * if no domain takes the command.
     */
    public Outcome.@Nullable Denied enter(CommandRequest request) {
        Composed composed = composed(request.command());
        for (CommandHook hook : composed.hooks) {
            try {
                hook.before(request);
            } catch (RuntimeException bug) {
                failures.failed(hook, request, bug);
            }
        }
        Outcome.Denied denied = check(composed, request);
        if (denied != null || !(request.command() instanceof CommandGroup group)) {
            return denied;
        }
        for (Command command : group.commands()) {
            CommandRequest part = new CommandRequest(
                    command, request.key(), request.expectedVersion(), request.caller(), request.correlationId());
            denied = check(composed(command), part);
            if (denied != null) {
                return denied;
            }
        }
        return null;
    }

    /** Tells the hooks what became of the request. */
    public void leave(CommandRequest request, Outcome outcome) {
        for (CommandHook hook : composed(request.command()).hooks) {
            try {
                hook.after(request, outcome);
            } catch (RuntimeException bug) {
                failures.failed(hook, request, bug);
            }
        }
    }

    private Outcome.@Nullable Denied check(Composed composed, CommandRequest request) {
        for (CommandStep step : composed.steps) {
            Rejection rejection;
            try {
                rejection = step.check(request);
            } catch (RuntimeException bug) {
                failures.failed(step, request, bug);
                rejection = new Rejection(
                        Rejection.Kind.REFUSED, "check-failed", "A check of the command could not be made.", "");
            }
            if (rejection != null) {
                return new Outcome.Denied(step.stage(), rejection, retryAfterMillis(step, request));
            }
        }
        return null;
    }

    private int retryAfterMillis(CommandStep step, CommandRequest request) {
        try {
            return step.retryAfterMillis(request);
        } catch (RuntimeException bug) {
            failures.failed(step, request, bug);
            return 0;
        }
    }

    private Composed composed(Command command) {
        Composed composed = byType.get(command.getClass());
        if (composed == null) {
            throw new IllegalArgumentException(
                    "no domain takes " + command.getClass().getName());
        }
        return composed;
    }

    private static Composed compose(
            Class<? extends Command> type, List<CommandStep> steps, List<? extends CommandHook> hooks) {
        return new Composed(
                steps.stream().filter(step -> step.appliesTo(type)).toArray(CommandStep[]::new),
                hooks.stream().filter(hook -> hook.appliesTo(type)).toArray(CommandHook[]::new));
    }
}
