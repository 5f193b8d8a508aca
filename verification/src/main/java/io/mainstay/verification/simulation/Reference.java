package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.route.Homes;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.verification.simulation.Books.Skip;
import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has to follow from a history of a shard: every entry's outcome, by {@link Books} and remembered keys. */
final class Reference {
    private static final int LEDGER = new LedgerDomain().id();

    private final History history;
    private final SimulationConfig config;
    private final LinkedHashMap<UUID, History.Entry> keys = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    /** Every account as it was after each entry that changed it. */
    private final Map<UUID, List<Moment>> moments = new HashMap<>();

    private final Books books;
    private History.@Nullable Entry batchEnd;

    Reference(History history, SimulationConfig config) {
        this(history, config, new Books(history.shard(), config));
    }

    private Reference(History history, SimulationConfig config, Books books) {
        this.history = history;
        this.config = config;
        this.books = books;
    }

    /** A reference that goes on with another history, which begins with all that this one has executed. */
    Reference on(History other) {
        Reference copy = new Reference(other, config, books.copy());
        copy.keys.putAll(keys);
        copy.results.addAll(results);
        moments.forEach((id, all) -> copy.moments.put(id, new ArrayList<>(all)));
        copy.batchEnd = batchEnd;
        return copy;
    }

    /** The offset of the next command. */
    long executedBefore() {
        return results.size();
    }

    /** Executes what is durable, up to an offset. */
    void advanceTo(long offset) {
        while (results.size() < offset) {
            forget();
            History.Entry entry = history.entry(results.size());
            results.add(execute(entry));
            if (entry.lastOfBatch()) {
                batchEnd = entry;
            }
        }
    }

    /** Ends the last batch, as a shard does before it looks at its mailbox again. */
    void forget() {
        if (batchEnd == null) {
            return;
        }
        long nowMicros = batchEnd.timestampMicros();
        batchEnd = null;
        Iterator<History.Entry> oldest = keys.values().iterator();
        while (oldest.hasNext()) {
            long ageMicros = nowMicros - oldest.next().timestampMicros();
            if (keys.size() <= config.keysMax() && ageMicros <= config.keyAgeMicrosMax()) {
                return;
            }
            oldest.remove();
        }
    }

    Result result(long offset) {
        return results.get((int) offset);
    }

    /** What a caller is told of a command that stands at an offset: if it began a saga, as far as that has come. */
    Result told(long offset) {
        return told(offset, executedBefore());
    }

    /** See {@link #told(long)}; by a shard that has executed less than this. */
    Result told(long offset, long executedBefore) {
        Result first = result(offset);
        if (!(first instanceof Result.Accepted(var version, var events, var messages, var skips))
                || events.stream().noneMatch(SagaEvent.Began.class::isInstance)) {
            return first;
        }
        List<Event> facts =
                events.stream().filter(event -> !(event instanceof SagaEvent)).toList();
        SagaBooks.End end = books.sagas().end(offset);
        if (end == null || end.offset() >= executedBefore) {
            return new Result.Running(version, facts);
        }
        return end.refusal() == null
                ? new Result.Accepted(version, facts, messages, skips)
                : new Result.Rejected(version, end.refusal());
    }

    /** The offset of the entry by which a command's answer was final: the last one of its saga, or its own. */
    long finalOffset(long offset) {
        SagaBooks.End end = books.sagas().end(offset);
        return end == null ? offset : end.offset();
    }

    /** The keys that are remembered, each with the command that had it first. */
    Map<UUID, History.Entry> keys() {
        return keys;
    }

    /** All that this shard should have done so far. */
    Books books() {
        return books;
    }

    Set<UUID> accounts() {
        return moments.keySet();
    }

    /** Accounts and parties. */
    Set<UUID> aggregates() {
        Set<UUID> all = new TreeSet<>(moments.keySet());
        all.addAll(books.ledger().parties());
        return all;
    }

    /** An account as it is after all commands below an offset. */
    Optional<AccountView> account(UUID id, long offset) {
        List<Moment> all = moments.getOrDefault(id, List.of());
        for (int index = all.size() - 1; index >= 0; index--) {
            if (all.get(index).offset() < offset) {
                return Optional.of(all.get(index).view());
            }
        }
        return Optional.empty();
    }

    List<Payment> paidTo(int receiver) {
        return books.purse().paidTo(receiver);
    }

    List<Payment> takenFrom(int sender) {
        return books.purse().takenFrom(sender);
    }

    private Result execute(History.Entry entry) {
        books.begin();
        Line line = new Line(
                entry.offset(),
                entry.timestampMicros(),
                entry.logged() instanceof LoggedCommand logged ? logged.homes() : Homes.HERE);
        Result result = switch (entry.logged()) {
            case LoggedCommand logged -> execute(entry, logged, line);
            case ReceivedMessage message -> {
                books.post().receive(message.sender());
                Command command = Plain.DOMAINS.decode(message.domainId(), message.bytes());
                yield execute(command, () -> books.receive(command, line));
            }
            case Acknowledgement(var receiver, var upTo) -> {
                books.post().acknowledge(receiver, upTo);
                yield new Result.Recorded();
            }
            case TimePassed time -> execute(time, line);
        };
        books.end();
        for (UUID id : books.ledger().touched()) {
            AccountView view = books.ledger().accounts().get(id);
            List<Moment> all = moments.computeIfAbsent(id, first -> new ArrayList<>());
            if (view != null
                    && (all.isEmpty() || !all.get(all.size() - 1).view().equals(view))) {
                all.add(new Moment(entry.offset(), view));
            }
        }
        return result;
    }

    private Result execute(History.Entry entry, LoggedCommand logged, Line line) {
        History.Entry original = keys.get(logged.key());
        if (original != null) {
            boolean same = original.command().requestHash() == logged.requestHash();
            return same ? new Result.Repeated(original.offset()) : new Result.KeyReused(original.offset());
        }
        keys.put(logged.key(), entry);
        Command command = Plain.DOMAINS.decode(logged.domainId(), logged.bytes());
        long expected = logged.expectedVersion();
        long found = books.version(first(command));
        if (expected != LoggedCommand.ANY_VERSION && expected != found) {
            return new Result.Rejected(found, "version-mismatch");
        }
        return execute(command, () -> books.order(command, line));
    }

    private Result execute(Command command, Books.Work work) {
        Command first = first(command);
        try {
            work.run();
        } catch (Refused refused) {
            return new Result.Rejected(books.version(first), refused.code());
        }
        return accepted(books.version(first));
    }

    private Result execute(TimePassed time, Line line) {
        if (time.domainId() == SagaDomain.ID && books.sagas().isDue(line.nowMicros())) {
            books.sagas().elapse(line);
            return accepted(0);
        }
        if (time.domainId() == LEDGER
                && !books.transfers().expired(line.nowMicros()).isEmpty()) {
            books.transfers().expire(line.nowMicros());
            return accepted(0);
        }
        return new Result.Recorded();
    }

    private Result accepted(long version) {
        return new Result.Accepted(version, books.events(), books.messages(), books.skips());
    }

    private static Command first(Command command) {
        return command instanceof CommandGroup group ? group.commands().get(0) : command;
    }

    /** An account as the entry at an offset left it. */
    private record Moment(long offset, AccountView view) {}

    /** What a command has to become. */
    sealed interface Result {
        record Accepted(long version, List<Event> events, List<Message> messages, List<Skip> skips) implements Result {}

        /** {@code code} as in {@link Rejection#code}. */
        record Rejected(long version, String code) implements Result {}

        /** Of a command whose saga has not ended. */
        record Running(long version, List<Event> events) implements Result {}

        record Repeated(long original) implements Result {}

        record KeyReused(long original) implements Result {}

        /** Of an acknowledgement, or of a time at which nothing was due. */
        record Recorded() implements Result {}
    }
}
