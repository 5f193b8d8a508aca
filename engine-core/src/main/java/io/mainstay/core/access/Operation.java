package io.mainstay.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A command that callers may give.
 *
 * @param body the fields of the body
 * @param rules what several values have to keep together
 * @param subject which ids and keys are made up: requests of one subject with the same key mean the same thing
 * @param id the field by which callers choose the id of what is made; empty if they cannot
 * @param versioned what the expected version is one of, such as "the account 'from'"; empty if none can be expected
 * @param command makes the command; the id is the one that was chosen, or one that the idempotency key stands for
 * @param answers one for each event that callers are told of
 * @param running where to ask for something that is not final yet: a path below the version of the API; empty if the
 *     operation always is
 * @param refusals all that the domain may refuse it for
 * @param <C> the commands
 */
public record Operation<C>(
        Endpoint endpoint,
        Fields body,
        List<Rule> rules,
        String subject,
        Optional<Field<UUID>> id,
        Optional<String> versioned,
        BiFunction<Call, UUID, ? extends C> command,
        List<Answer<?>> answers,
        Optional<Function<UUID, String>> running,
        List<Refusal> refusals) {
    public Operation {
        rules = List.copyOf(rules);
        answers = List.copyOf(answers);
        refusals = List.copyOf(refusals);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("operation " + endpoint.name() + " has no answer");
        }
    }

    public static <C> Builder<C> at(Endpoint endpoint) {
        return new Builder<>(endpoint);
    }

    /**
     * Something that shows only when several values are seen together.
     *
     * @param wanted what is wanted of the field, behind its name: {@code has to name another account than 'from'}
     */
    public record Rule(Predicate<Call> holds, Field<?> field, String wanted) {}

    /** Collects the parts of an operation. */
    public static final class Builder<C> {
        private final Endpoint endpoint;
        private final List<Rule> rules = new ArrayList<>();
        private final List<Answer<?>> answers = new ArrayList<>();
        private Fields body = Fields.EMPTY;
        private String subject;
        private Optional<Field<UUID>> id = Optional.empty();
        private Optional<String> versioned = Optional.empty();
        private Optional<Function<UUID, String>> running = Optional.empty();

        private Builder(Endpoint endpoint) {
            this.endpoint = endpoint;
            this.subject = endpoint.name();
        }

        public Builder<C> body(Field<?>... fields) {
            body = Fields.of(fields);
            return this;
        }

        /** Something of this kind is made, with the id in the field if it is there. */
        public Builder<C> making(String kind, Field<UUID> field) {
            subject = kind;
            id = Optional.of(field);
            return this;
        }

        public Builder<C> rule(Predicate<Call> holds, Field<?> field, String wanted) {
            rules.add(new Rule(holds, field, wanted));
            return this;
        }

        /** Callers may expect a version of this. */
        public Builder<C> versioned(String aggregate) {
            versioned = Optional.of(aggregate);
            return this;
        }

        public Builder<C> answers(Answer<?> answer) {
            answers.add(answer);
            return this;
        }

        /** It may take longer than its caller waits; with the id of what is made, callers ask there. */
        public Builder<C> running(Function<UUID, String> location) {
            running = Optional.of(location);
            return this;
        }

        /** Completes the operation by what makes its command, and what it may be refused for. */
        public Operation<C> gives(BiFunction<Call, UUID, ? extends C> command, Refusal... refusals) {
            return new Operation<>(
                    endpoint, body, rules, subject, id, versioned, command, answers, running, List.of(refusals));
        }
    }
}
