package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Shards connected by hand: messages keep their order between two shards, and are late as chance will have it. Sagas are run
 * as {@link Saga} says, and some of them time out.
 */
final class ConnectedShards {
    private final Ledger rules = new Ledger();
    private final List<LedgerState> states;
    private final Map<UUID, Integer> homes = new HashMap<>();
    private final List<ArrayDeque<Runnable>> ways = new ArrayList<>();
    private final Random random;
    private final Consumer<LedgerEvent> events;
    private long nowMicros = 1_000_000;
    private int refusals;

    ConnectedShards(int shards, Random random, Consumer<LedgerEvent> events) {
        this.states =
                IntStream.range(0, shards).mapToObj(shard -> rules.emptyState()).toList();
        IntStream.range(0, shards * shards).forEach(way -> ways.add(new ArrayDeque<>()));
        this.random = random;
        this.events = events;
    }

    List<LedgerState> states() {
        return states;
    }

    /** Attempts on other shards that were refused, or were not made in time. */
    int refusals() {
        return refusals;
    }

    void open(int shard, AccountOpened opened) {
        homes.put(opened.id(), shard);
        rules.apply(states.get(shard), opened);
    }

    void pass(long micros) {
        nowMicros += micros;
        for (int shard = 0; shard < states.size(); shard++) {
            if (rules.dueMicros(states.get(shard)) <= nowMicros) {
                assertThat(take(shard, rules.elapse(states.get(shard), context(shard))))
                        .isTrue();
            }
        }
    }

    /** Has a shard decide; {@code done} is called when a saga has come to a good end, or at once. */
    boolean execute(int shard, LedgerCommand command, Runnable done) {
        Decision<LedgerEvent> decision = rules.decide(states.get(shard), command, context(shard));
        if (decision instanceof Decision.Begun<LedgerEvent>(var saga)) {
            return new Run(shard, saga, done).begin();
        }
        return take(shard, decision);
    }

    /** Delivers one message on some way; false if there is none. */
    boolean deliver() {
        List<ArrayDeque<Runnable>> busy =
                ways.stream().filter(way -> !way.isEmpty()).toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(random.nextInt(busy.size())).remove().run();
        return true;
    }

    byte[] snapshot(int shard) {
        WireWriter out = new WireWriter(1024);
        LedgerStateCodec.INSTANCE.encode(states.get(shard), out, () -> {});
        return out.toByteArray();
    }

    private CommandContext context(int shard) {
        List<Homes.Home> elsewhere = homes.entrySet().stream()
                .filter(home -> home.getValue() != shard)
                .map(home -> new Homes.Home(home.getKey(), home.getValue()))
                .toList();
        return new CommandContext.Fixed(shard, states.size(), 0, nowMicros, new Homes(elsewhere));
    }

    private boolean take(int shard, Decision<LedgerEvent> decision) {
        if (!(decision instanceof Decision.Accepted<LedgerEvent>(var accepted, var messages))) {
            return false;
        }
        LedgerState state = states.get(shard);
        if (random.nextInt(4) == 0) {
            byte[] before = snapshot(shard);
            accepted.forEach(event -> rules.apply(state, event));
            byte[] after = snapshot(shard);
            accepted.reversed().forEach(event -> rules.revert(state, event));
            assertThat(snapshot(shard)).isEqualTo(before);
            accepted.forEach(event -> rules.apply(state, event));
            assertThat(snapshot(shard)).isEqualTo(after);
        } else {
            accepted.forEach(event -> rules.apply(state, event));
        }
        accepted.forEach(events);
        for (Message message : messages) {
            send(shard, message.receiver(), () -> must(message.receiver(), message.command()));
        }
        return true;
    }

    private void send(int from, int to, Runnable delivery) {
        ways.get(from * states.size() + to).add(delivery);
    }

    private boolean attempt(int shard, Command command) {
        return take(shard, rules.decide(states.get(shard), (LedgerCommand) command, context(shard)));
    }

    private void must(int shard, Command command) {
        Decision<LedgerEvent> decision = rules.decide(states.get(shard), (LedgerCommand) command, context(shard));
        assertThat(take(shard, decision))
                .as("%s on %d: %s", command, shard, decision)
                .isTrue();
    }

    /** One saga on its way. */
    private final class Run {
        private final int home;
        private final Saga saga;
        private final Runnable done;
        private final List<Saga.Step> made = new ArrayList<>();
        private final boolean isLate = random.nextInt(8) == 0;
        private int open;
        private boolean isRefused;

        Run(int home, Saga saga, Runnable done) {
            this.home = home;
            this.saga = saga;
            this.done = done;
        }

        boolean begin() {
            for (Saga.Step step : saga.steps()) {
                if (step.shard() == home) {
                    if (!attempt(home, step.attempt())) {
                        return false;
                    }
                    made.add(step);
                }
            }
            saga.steps().stream()
                    .filter(step -> step.shard() != home && !step.isPivot())
                    .forEach(this::ask);
            goOn();
            return true;
        }

        private void ask(Saga.Step step) {
            open++;
            send(home, step.shard(), () -> {
                boolean accepted = attempt(step.shard(), step.attempt());
                send(step.shard(), home, () -> {
                    open--;
                    if (accepted) {
                        made.add(step);
                    } else {
                        isRefused = true;
                    }
                    goOn();
                });
            });
        }

        private void goOn() {
            if (open > 0) {
                return;
            }
            boolean isComplete = made.size() == saga.steps().size();
            if (isRefused || (isLate && !isComplete)) {
                refusals++;
                made.forEach(step -> tell(step, step.cancel().orElseThrow()));
            } else if (isComplete) {
                made.forEach(step -> step.confirm().ifPresent(confirm -> tell(step, confirm)));
                done.run();
            } else {
                saga.steps().stream().filter(Saga.Step::isPivot).forEach(this::ask);
            }
        }

        private void tell(Saga.Step step, Command command) {
            if (step.shard() == home) {
                must(home, command);
            } else {
                send(home, step.shard(), () -> must(step.shard(), command));
            }
        }
    }
}
