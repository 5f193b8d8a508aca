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
 * @param target the field with the id of what it is about, if nothing is made; empty if there is none
 * @param versioned what the expected version is one of, such as "the account 'from'"; empty if none can be expected
 * @param command makes the command; the id is that of the target, or the one that was chosen, or one that the idempotency
 *     key stands for
 * @param answers one for each event that callers are told of
 * @param running where to ask for something that is not final yet: a path below the version of the API; empty if the
 *     operation always is
 * @param batch where several of it are taken in one request; empty if nowhere
 * @param refusals all that the domain may refuse it for
 * @param <C> the commands
 */
public record Operation<C>(
        Endpoint endpoint,
        Fields body,
        List<Rule> rules,
        String subject,
        Optional<Field<UUID>> id,
        Optional<Field<UUID>> target,
        Optional<String> versioned,
        BiFunction<Call, UUID, ? extends C> command,
        List<Answer<?>> answers,
        Optional<Function<UUID, String>> running,
        Optional<Batch> batch,
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

    /**
     * Several requests in one: each with the fields of the operation's body, and on its own, or linked: all or none.
     *
     * @param list name of the list of requests
     * @param countMax at most {@link #COUNT_MAX}
     */
    public record Batch(Endpoint endpoint, String list, int countMax) {
        /** As many as a group takes. */
        public static final int COUNT_MAX = 1000;

        public Batch {
            if (countMax < 1 || countMax > COUNT_MAX) {
                throw new IllegalArgumentException(
                        "batch of up to %d, 1 to %d possible".formatted(countMax, COUNT_MAX));
            }
            if (endpoint.fields().size() > 0) {
                throw new IllegalArgumentException("batch " + endpoint.name() + " has a field in its path");
            }
        }
    }

    /** Collects the parts of an operation. */
    public static final class Builder<C> {
        private final Endpoint endpoint;
        private final List<Rule> rules = new ArrayList<>();
        private final List<Answer<?>> answers = new ArrayList<>();
        private Fields body = Fields.EMPTY;
        private String subject;
        private Optional<Field<UUID>> id = Optional.empty();
        private Optional<Field<UUID>> target = Optional.empty();
        private Optional<String> versioned = Optional.empty();
        private Optional<Function<UUID, String>> running = Optional.empty();
        private Optional<Batch> batch = Optional.empty();

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

        /** Something is changed: what has the id in this field. */
        public Builder<C> about(Field<UUID> field) {
            target = Optional.of(field);
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

        /** It may take longer than its caller waits; with its id, callers ask there. */
        public Builder<C> running(Function<UUID, String> location) {
            running = Optional.of(location);
            return this;
        }

        /** Several are taken in one request there: up to so many, in a list of this name. */
        public Builder<C> batch(String path, String list, int countMax) {
            batch = Optional.of(new Batch(
                    Endpoint.of(
                            endpoint.name() + "-batch",
                            "POST",
                            path,
                            endpoint.tag(),
                            endpoint.summary() + ", many times",
                            "Up to " + countMax
                                    + " at once. Each on its own, on any shards, with a key made of the batch's"
                                    + " and its index; or, if `linked`, all or none, on one shard."),
                    list,
                    countMax));
            return this;
        }

        /** Completes the operation by what makes its command, and what it may be refused for. */
        public Operation<C> gives(BiFunction<Call, UUID, ? extends C> command, Refusal... refusals) {
            return new Operation<>(
                    endpoint,
                    body,
                    rules,
                    subject,
                    id,
                    target,
                    versioned,
                    command,
                    answers,
                    running,
                    batch,
                    List.of(refusals));
        }
    }
}
