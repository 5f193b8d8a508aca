package io.mainstay.core.domain;

import io.mainstay.core.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Several commands of one shard as one transaction: all or nothing. Later commands see the effects of earlier ones. A
 * refusal undoes everything back to the start of the innermost {@link Attempt} around it, after which the group goes on;
 * without one it undoes and refuses the whole group.
 *
 * @param steps at least one; at most {@link #COMMANDS_MAX} commands in all and {@link #DEPTH_MAX} attempts deep
 */
public record CommandGroup(List<Step> steps) implements Command {
    /** Stands in the log where a domain's number does. */
    public static final int DOMAIN_ID = 0;

    public static final int COMMANDS_MAX = 1000;
    public static final int DEPTH_MAX = 8;

    /** One part of a group. */
    public sealed interface Step {}

    /** A command of a domain. */
    public record Do(Command command) implements Step {
        public Do {
            if (command instanceof CommandGroup) {
                throw new IllegalArgumentException("a group within a group; an attempt is wanted");
            }
        }
    }

    /** Steps behind a savepoint: refused, they are undone and the group goes on without them. */
    public record Attempt(List<Step> steps) implements Step {
        public Attempt {
            steps = List.copyOf(steps);
        }
    }

    public CommandGroup {
        steps = List.copyOf(steps);
        int commands = count(steps, 0);
        if (commands < 1 || commands > COMMANDS_MAX) {
            throw new IllegalArgumentException("group of " + commands + " commands, 1 to " + COMMANDS_MAX + " wanted");
        }
    }

    /** The commands, in the order they stand. */
    public List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        collect(steps, commands);
        return commands;
    }

    @Override
    public Route route() {
        return new Route.Several(commands().stream().map(Command::route).toList());
    }

    @Override
    public UUID leading() {
        return commands().get(0).leading();
    }

    /** That of the first command. */
    @Override
    public String tenant() {
        return commands().get(0).tenant();
    }

    private static int count(List<Step> steps, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("group with attempts more than " + DEPTH_MAX + " deep");
        }
        int commands = 0;
        for (Step step : steps) {
            commands += step instanceof Attempt(var inner) ? count(inner, depth + 1) : 1;
        }
        return commands;
    }

    private static void collect(List<Step> steps, List<Command> commands) {
        for (Step step : steps) {
            switch (step) {
                case Do(var command) -> commands.add(command);
                case Attempt(var inner) -> collect(inner, commands);
            }
        }
    }
}
