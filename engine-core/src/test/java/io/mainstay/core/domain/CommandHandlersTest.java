package io.mainstay.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CommandHandlersTest {
    private static final CommandContext CONTEXT = CommandContext.of(0, 0, 0);

    private record Ask(int version, String tenant) implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(new UUID(0, 1)));
        }
    }

    private record Other() implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(new UUID(0, 1)));
        }
    }

    private record Told(String how) implements Event {}

    private final CommandHandlers<String, Command, Told> handlers = new CommandHandlers<String, Command, Told>()
            .on(Ask.class, 1, (state, ask, context) -> told(state + " first"))
            .on(Ask.class, 3, (state, ask, context) -> told(state + " third"))
            .on("acme", Ask.class, 3, (state, ask, context) -> told(state + " acme"));

    @Test
    void theVersionDecides() {
        assertThat(decide(new Ask(1, ""))).isEqualTo(told("the first"));
        assertThat(decide(new Ask(3, ""))).isEqualTo(told("the third"));
    }

    @Test
    void aTenantMayHaveAHandlerOfItsOwn() {
        assertThat(decide(new Ask(3, "acme"))).isEqualTo(told("the acme"));
        assertThat(decide(new Ask(1, "acme"))).isEqualTo(told("the first"));
        assertThat(decide(new Ask(3, "other"))).isEqualTo(told("the third"));
    }

    @Test
    void whatHasNoHandlerIsRejected() {
        for (Command command : List.of(new Ask(2, ""), new Ask(-1, ""), new Ask(300, ""), new Other())) {
            assertThat(decide(command))
                    .isInstanceOfSatisfying(
                            Decision.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo("command-unsupported"));
        }
    }

    @Test
    void twoHandlersForOneThingAreAnError() {
        assertThatThrownBy(() -> handlers.on(Ask.class, 3, (state, ask, context) -> told("")))
                .hasMessageContaining("two handlers for version 3");
        assertThatThrownBy(() -> handlers.on(Ask.class, 0, (state, ask, context) -> told("")))
                .hasMessageContaining("1 to 255 wanted");
    }

    private Decision<Told> decide(Command command) {
        return handlers.decide("the", command, CONTEXT);
    }

    private static Decision<Told> told(String how) {
        return Decision.accept(new Told(how));
    }
}
