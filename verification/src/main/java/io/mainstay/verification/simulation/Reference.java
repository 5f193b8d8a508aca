package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.verification.simulation.Books.Refused;
import io.mainstay.verification.simulation.Books.Skip;
import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has to follow from a history of a shard: every entry's outcome, by {@link Books} and remembered keys. */
final class Reference {
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain(), new PurseDomain()));

    private final History history;
    private final SimulationConfig config;
    private final LinkedHashMap<UUID, History.Entry> keys = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private Books books;
    private History.@Nullable Entry batchEnd;

    Reference(History history, SimulationConfig config) {
        this.history = history;
        this.config = config;
        this.books = new Books(history.shard());
    }

    /** A reference that goes on with another history, which begins with all that this one has executed. */
    Reference on(History other) {
        Reference copy = new Reference(other, config);
        copy.keys.putAll(keys);
        copy.results.addAll(results);
        copy.books = books.copy();
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

    /** The keys that are remembered, each with the command that had it first. */
    Map<UUID, History.Entry> keys() {
        return keys;
    }

    Set<UUID> accounts() {
        return books.accounts();
    }

    /** An account as it is after all commands below an offset. */
    Optional<AccountView> account(UUID id, long offset) {
        return books.account(id, offset);
    }

    List<Payment> paidTo(int receiver) {
        return books.paidTo(receiver);
    }

    List<Payment> takenFrom(int sender) {
        return books.takenFrom(sender);
    }

    private Result execute(History.Entry entry) {
        books.begin();
        return switch (entry.logged()) {
            case LoggedCommand logged -> execute(entry, logged);
            case ReceivedMessage message ->
                execute(DOMAINS.decode(message.domainId(), message.bytes()), entry.offset());
            case Acknowledgement acknowledgement -> new Result.Recorded();
            case TimePassed time -> new Result.Recorded();
        };
    }

    private Result execute(History.Entry entry, LoggedCommand logged) {
        History.Entry original = keys.get(logged.key());
        if (original != null) {
            boolean same = original.command().requestHash() == logged.requestHash();
            return same ? new Result.Repeated(original.offset()) : new Result.KeyReused(original.offset());
        }
        keys.put(logged.key(), entry);
        Command command = DOMAINS.decode(logged.domainId(), logged.bytes());
        long expected = logged.expectedVersion();
        long found = books.version(first(command));
        if (expected != LoggedCommand.ANY_VERSION && expected != found) {
            return new Result.Rejected(found, "version-mismatch");
        }
        return execute(command, entry.offset());
    }

    private Result execute(Command command, long offset) {
        Command first = first(command);
        try {
            if (command instanceof CommandGroup group) {
                books = run(group, offset);
            } else {
                books.run(command, offset);
            }
        } catch (Refused refused) {
            return new Result.Rejected(books.version(first), refused.code());
        }
        return new Result.Accepted(books.version(first), books.events(), books.messages(), books.skips());
    }

    private Books run(CommandGroup group, long offset) throws Refused {
        Books done = books.copy().run(group.steps(), "/steps", offset);
        if (done.events().isEmpty()) {
            throw new Refused(done.skips().get(0).code());
        }
        return done;
    }

    private static Command first(Command command) {
        return command instanceof CommandGroup group ? group.commands().get(0) : command;
    }

    /** What a command has to become. */
    sealed interface Result {
        record Accepted(long version, List<Event> events, List<Message> messages, List<Skip> skips) implements Result {}

        /** {@code code} as in {@link Rejection#code}. */
        record Rejected(long version, String code) implements Result {}

        record Repeated(long original) implements Result {}

        record KeyReused(long original) implements Result {}

        /** Of an acknowledgement. */
        record Recorded() implements Result {}
    }
}
