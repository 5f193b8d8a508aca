package io.mainstay.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.route.Route;
import io.mainstay.core.shard.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommandPipelineTest {
    private static final Domains DOMAINS = new Domains(List.of(Counters.domain()));
    private static final Command COMMAND = Counters.add(5);

    private final List<String> said = new ArrayList<>();
    private final List<RuntimeException> bugs = new ArrayList<>();

    @Test
    void stagesComeInTheirOrderAndTheFirstRefusalEnds() {
        CommandPipeline pipeline = pipeline(
                List.of(
                        step(Stage.POLICY, request -> null),
                        step(Stage.AUTHORIZATION, request -> refusal("forbidden")),
                        step(Stage.PRE_VALIDATION, request -> null)),
                List.of());
        assertThat(pipeline.enter(request(COMMAND)))
                .isEqualTo(new Outcome.Denied(Stage.AUTHORIZATION, refusal("forbidden")));
        assertThat(said).containsExactly("PRE_VALIDATION", "AUTHORIZATION");
    }

    @Test
    void aStepThatThrowsRefuses() {
        CommandPipeline pipeline = pipeline(
                List.of(step(Stage.POLICY, request -> {
                    throw new IllegalStateException("broken");
                })),
                List.of());
        assertThat(pipeline.enter(request(COMMAND)))
                .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.rejection().code()).isEqualTo("check-failed"));
        assertThat(bugs).singleElement().extracting(Throwable::getMessage).isEqualTo("broken");
    }

    @Test
    void hooksAreToldBeforeAndAfterAndChangeNothing() {
        CommandPipeline pipeline = pipeline(List.of(step(Stage.POLICY, request -> null)), List.of(new Hook()));
        assertThat(pipeline.enter(request(COMMAND))).isNull();
        pipeline.leave(request(COMMAND), new Outcome.CrossShard());
        assertThat(said).containsExactly("before", "POLICY", "after CrossShard[]");
        assertThat(bugs).hasSize(2);
    }

    @Test
    void aGroupPassesTheStepsOfItsCommands() {
        CommandPipeline pipeline = pipeline(
                List.of(step(
                        Stage.POLICY, request -> request.command().equals(Counters.add(7)) ? refusal("seven") : null)),
                List.of());
        CommandGroup group = new CommandGroup(List.of(new Do(COMMAND), new Do(Counters.add(7))));
        assertThat(pipeline.enter(request(group))).isEqualTo(new Outcome.Denied(Stage.POLICY, refusal("seven")));
        assertThat(pipeline.enter(request(new CommandGroup(List.of(new Do(COMMAND))))))
                .isNull();
    }

    @Test
    void aCommandOfNoDomainIsAnError() {
        CommandPipeline pipeline = pipeline(List.of(), List.of());
        Command foreign = () -> new Route.Existing(List.of(new UUID(1, 2)));
        assertThatThrownBy(() -> pipeline.enter(request(foreign))).hasMessageContaining("no domain takes");
    }

    @Test
    void stepsAreAskedOnceWhatTheyApplyTo() {
        CommandStep never = new CommandStep() {
            @Override
            public Stage stage() {
                return Stage.POLICY;
            }

            @Override
            public boolean appliesTo(Class<? extends Command> type) {
                said.add(type.getSimpleName());
                return false;
            }

            @Override
            public Rejection check(CommandRequest request) {
                return refusal("never");
            }
        };
        CommandPipeline pipeline = pipeline(List.of(never), List.of());
        List<String> asked = List.copyOf(said);
        assertThat(asked).containsExactlyInAnyOrder("Add", "Move", "CommandGroup");
        assertThat(pipeline.enter(request(COMMAND))).isNull();
        assertThat(said).isEqualTo(asked);
    }

    private CommandPipeline pipeline(List<CommandStep> steps, List<CommandHook> hooks) {
        return new CommandPipeline(DOMAINS, steps, hooks, (source, request, bug) -> bugs.add(bug));
    }

    private static CommandRequest request(Command command) {
        return CommandRequest.of(command, new UUID(0, 1));
    }

    private static Rejection refusal(String code) {
        return new Rejection(Rejection.Kind.REFUSED, code, "No.", "");
    }

    private CommandStep step(Stage stage, Function<CommandRequest, @Nullable Rejection> check) {
        return new CommandStep() {
            @Override
            public Stage stage() {
                return stage;
            }

            @Override
            public boolean appliesTo(Class<? extends Command> type) {
                return true;
            }

            @Override
            public @Nullable Rejection check(CommandRequest request) {
                said.add(stage.name());
                return check.apply(request);
            }
        };
    }

    private final class Hook implements CommandHook {
        @Override
        public boolean appliesTo(Class<? extends Command> type) {
            return true;
        }

        @Override
        public void before(CommandRequest request) {
            said.add("before");
            throw new IllegalStateException("before");
        }

        @Override
        public void after(CommandRequest request, Outcome outcome) {
            said.add("after " + outcome);
            throw new IllegalStateException("after");
        }
    }
}
