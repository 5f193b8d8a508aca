package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.route.Homes;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.domain.ledger.LedgerCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a shard written a second time, slow and plain: what its domains decide, and what it owes to sagas. Where the
 * shard undoes, this goes back to a copy.
 */
final class Books {
    private final int shard;
    private final SimulationConfig config;
    private final List<Event> events = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();
    private LedgerBooks ledger;
    private TransferBooks transfers;
    private PurseBooks purse;
    private SagaBooks sagas;
    private PostBooks post;

    Books(int shard, SimulationConfig config) {
        this.shard = shard;
        this.config = config;
        this.ledger = new LedgerBooks(this);
        this.transfers = new TransferBooks(this);
        this.purse = new PurseBooks(this);
        this.sagas = new SagaBooks(this);
        this.post = new PostBooks();
    }

    /** A copy that lives a life of its own. */
    Books copy() {
        Books copy = new Books(shard, config);
        copy.become(this);
        return copy;
    }

    private void become(Books other) {
        ledger = other.ledger.copy(this);
        transfers = other.transfers.copy(this);
        purse = other.purse.copy(this);
        sagas = other.sagas.copy(this);
        post = other.post.copy();
        events.clear();
        events.addAll(other.events);
        messages.clear();
        messages.addAll(other.messages);
        skips.clear();
        skips.addAll(other.skips);
    }

    /** Begins the next entry of the log. */
    void begin() {
        events.clear();
        messages.clear();
        skips.clear();
        ledger.begin();
    }

    /** Ends an entry: what it sends is on its way. */
    void end() {
        messages.forEach(message -> post.send(message.receiver()));
    }

    int shard() {
        return shard;
    }

    SimulationConfig config() {
        return config;
    }

    LedgerBooks ledger() {
        return ledger;
    }

    TransferBooks transfers() {
        return transfers;
    }

    PurseBooks purse() {
        return purse;
    }

    SagaBooks sagas() {
        return sagas;
    }

    PostBooks post() {
        return post;
    }

    /** The shard of an aggregate, as the log says. */
    int home(UUID aggregate, Line line) {
        return line.homes().elsewhere().stream()
                .filter(home -> home.aggregate().equals(aggregate))
                .mapToInt(Homes.Home::shard)
                .findFirst()
                .orElse(shard);
    }

    /** What the entry has become so far. */
    List<Event> events() {
        return List.copyOf(events);
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    List<Skip> skips() {
        return List.copyOf(skips);
    }

    void add(Event event) {
        events.add(event);
    }

    void send(int receiver, Command command) {
        messages.add(new Message(receiver, command));
    }

    /** Does another shard's command, or changes nothing. */
    void receive(Command command, Line line) throws Refused {
        if (command instanceof SagaCommand told) {
            sagas.take(told, line);
            return;
        }
        refuse(attempt(() -> run(command, line)));
    }

    /** Does a caller's command, or changes nothing. */
    void order(Command command, Line line) throws Refused {
        refuse(attempt(() -> {
            if (command instanceof CommandGroup group) {
                run(group.steps(), "/steps", line);
                if (events.isEmpty()) {
                    throw new Refused(skips.get(0).code());
                }
            } else {
                run(command, line);
            }
            if (!sagas.isRunning(line.offset())) {
                for (Message message : messages) {
                    long waiting = post.waiting(message.receiver()) + messages.size();
                    Refused.unless(waiting <= config.outboxMax(), "shard-behind");
                }
            }
        }));
    }

    private static void refuse(@Nullable String refusal) throws Refused {
        if (refusal != null) {
            throw new Refused(refusal);
        }
    }

    /** Does all of it, or nothing, and then tells the code of the refusal. */
    @Nullable
    String attempt(Work work) {
        Books before = copy();
        try {
            work.run();
            return null;
        } catch (Refused refused) {
            become(before);
            return refused.code();
        }
    }

    /** Has a domain do a command; what it did before it refused has to be undone. */
    void run(Command command, Line line) throws Refused {
        switch (command) {
            case LedgerCommand order -> ledger.run(order, line);
            case PurseCommand order -> purse.run(order, line);
            default -> throw new IllegalArgumentException("no rule for " + command);
        }
    }

    /** Version of the aggregate that leads a command. Purses and sagas have none. */
    long version(Command command) {
        return command instanceof LedgerCommand ? ledger.version(command.leading()) : 0;
    }

    private void run(List<Step> steps, String pointer, Line line) throws Refused {
        for (int index = 0; index < steps.size(); index++) {
            String here = pointer + "/" + index;
            switch (steps.get(index)) {
                case Do(var command) -> {
                    sagas.enterGroup();
                    try {
                        run(command, line);
                    } finally {
                        sagas.leaveGroup();
                    }
                }
                case Attempt(var inner) -> {
                    String refusal = attempt(() -> run(inner, here + "/steps", line));
                    if (refusal != null) {
                        skips.add(new Skip(here, refusal));
                    }
                }
            }
        }
    }

    /** Something that may be refused on its way. */
    interface Work {
        void run() throws Refused;
    }

    /** An attempt that was undone, where it stands in its group, and the code of its refusal. */
    record Skip(String pointer, String code) {}
}
