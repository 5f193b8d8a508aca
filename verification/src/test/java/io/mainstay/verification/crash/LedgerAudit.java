package io.mainstay.verification.crash;

import com.google.errorprone.annotations.FormatMethod;
import io.mainstay.client.Position;
import io.mainstay.client.Transfer;
import io.mainstay.verification.crash.Attempt.Answered;
import io.mainstay.verification.crash.Attempt.Refused;
import io.mainstay.verification.crash.Attempt.Unlearned;
import io.mainstay.verification.crash.Books.Balance;
import io.mainstay.verification.crash.Books.Line;
import io.mainstay.verification.crash.Books.Posting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients were told against what the books show. Every answered transfer is there exactly once, nothing is
 * there that nobody ordered, no order was refused but for want of funds or, between shards, of time, and the books agree
 * with themselves.
 */
final class LedgerAudit {
    private static final int FAULTS_MAX = 100;
    private static final String FUNDS_INSUFFICIENT = "funds-insufficient";
    /** A shard that was away for longer than a saga may take: what had left for it came back. */
    private static final String SAGA_TIMED_OUT = "saga-timed-out";

    private static final String POSTED = "posted";
    private static final String RETURNED = "returned";

    private final Map<UUID, Long> openedWithMin;
    private final Map<UUID, Integer> shardOf;
    private final List<List<Attempt>> history;
    private final Books books;
    private final List<String> faults = new ArrayList<>();

    private LedgerAudit(
            Map<UUID, Long> openedWithMin, Map<UUID, Integer> shardOf, List<List<Attempt>> history, Books books) {
        this.openedWithMin = openedWithMin;
        this.shardOf = shardOf;
        this.history = history;
        this.books = books;
    }

    /**
     * What is wrong, in sentences; empty if nothing is.
     *
     * @param openedWithMin the accounts that were opened, with their lowest balances
     * @param shardOf the shard of each account: a transfer between two tells nothing about the second account
     * @param history each client's attempts, in the order in which it made them
     */
    static List<String> faults(
            Map<UUID, Long> openedWithMin, Map<UUID, Integer> shardOf, List<List<Attempt>> history, Books books) {
        LedgerAudit audit = new LedgerAudit(openedWithMin, shardOf, history, books);
        audit.accounts();
        audit.answers();
        audit.orders();
        audit.entries();
        return audit.faults;
    }

    /** All accounts are there, alike in memory and database, and no money was made or lost. */
    private void accounts() {
        check(
                books.memory().keySet().equals(openedWithMin.keySet()),
                "opened %d accounts, memory has %d",
                openedWithMin.size(),
                books.memory().size());
        check(
                books.accounts().keySet().equals(openedWithMin.keySet()),
                "opened %d accounts, the database has %d",
                openedWithMin.size(),
                books.accounts().size());
        books.memory().forEach((id, balance) -> {
            Balance projected = books.accounts().get(id);
            check(
                    balance.equals(projected),
                    "account %s is %s in memory and %s in the database",
                    id,
                    balance,
                    projected);
        });
        check(sum(books.memory()) == 0, "all balances in memory sum up to %d", sum(books.memory()));
        check(sum(books.accounts()) == 0, "all balances in the database sum up to %d", sum(books.accounts()));
    }

    /** What one client was told is in order: positions and versions grow, and no position was given away twice. */
    private void answers() {
        Map<Position, UUID> positions = new HashMap<>();
        for (List<Attempt> client : history) {
            Map<Integer, Long> lastOffset = new HashMap<>();
            Map<UUID, Long> lastVersion = new HashMap<>();
            for (Attempt attempt : client) {
                switch (attempt.result()) {
                    case Answered(var transfer) -> {
                        Position position = transfer.position();
                        UUID other = positions.put(position, attempt.id());
                        check(other == null, "transfers %s and %s are both at %s", other, attempt.id(), position);
                        grows(lastOffset, position.shard(), position.offset(), "offset in shard");
                        answersOrder(attempt, transfer);
                        after(transfer.fromAfter(), attempt, attempt.from(), lastVersion);
                        if (isWithinAShard(attempt)) {
                            after(transfer.toAfter(), attempt, attempt.to(), lastVersion);
                        }
                    }
                    case Refused(var code) ->
                        check(mayRefuse(attempt, code), "transfer %s was refused: %s", attempt.id(), code);
                    case Unlearned() -> {}
                }
            }
        }
    }

    private boolean mayRefuse(Attempt attempt, String code) {
        return code.equals(FUNDS_INSUFFICIENT) || (code.equals(SAGA_TIMED_OUT) && !isWithinAShard(attempt));
    }

    private boolean isWithinAShard(Attempt attempt) {
        return isWithinAShard(attempt.from(), attempt.to());
    }

    private boolean isWithinAShard(UUID from, UUID to) {
        return Objects.equals(shardOf.get(from), shardOf.get(to));
    }

    private void after(Transfer.@Nullable After after, Attempt attempt, UUID account, Map<UUID, Long> lastVersion) {
        if (after == null) {
            check(false, "transfer %s was answered without the state of account %s", attempt.id(), account);
            return;
        }
        grows(lastVersion, account, after.version(), "version of account");
    }

    private <K> void grows(Map<K, Long> last, K key, long value, String what) {
        Long before = last.put(key, value);
        check(before == null || before < value, "a client saw %s %s go from %s to %d", what, key, before, value);
    }

    private void answersOrder(Attempt attempt, Transfer transfer) {
        check(
                transfer.id().equals(attempt.id())
                        && attempt.from().equals(transfer.from())
                        && attempt.to().equals(transfer.to())
                        && Long.valueOf(attempt.amountMinor()).equals(transfer.amountMinor()),
                "order %s was answered by %s",
                attempt,
                transfer);
    }

    /** What was answered is there once, as answered; what was refused is not; nothing else is there. */
    private void orders() {
        Map<UUID, List<Posting>> rows = books.transfers().stream().collect(Collectors.groupingBy(Posting::id));
        Map<UUID, List<Line>> lines = books.entries().stream().collect(Collectors.groupingBy(Line::transfer));
        Set<UUID> ordered = new HashSet<>();
        for (List<Attempt> client : history) {
            for (Attempt attempt : client) {
                check(ordered.add(attempt.id()), "the history has order %s twice", attempt.id());
                List<Posting> found = rows.getOrDefault(attempt.id(), List.of());
                switch (attempt.result()) {
                    case Answered(var transfer) -> {
                        check(
                                found.size() == 1,
                                "answered transfer %s is in the database %d times",
                                attempt.id(),
                                found.size());
                        check(
                                found.stream()
                                        .allMatch(row ->
                                                new Position(row.shard(), row.offset()).equals(transfer.position())),
                                "transfer %s was answered at %s and is at %s",
                                attempt.id(),
                                transfer.position(),
                                found);
                        check(
                                found.stream().allMatch(row -> row.status().equals(POSTED)),
                                "transfer %s was answered as done and is %s",
                                attempt.id(),
                                found);
                        if (isWithinAShard(attempt)) {
                            sides(attempt, lines.getOrDefault(attempt.id(), List.of()), transfer);
                        }
                    }
                    case Refused(var code) ->
                        check(
                                found.stream().allMatch(row -> row.status().equals(RETURNED)),
                                "transfer %s was refused (%s) and is there",
                                attempt.id(),
                                code);
                    case Unlearned() ->
                        check(found.size() <= 1, "transfer %s is there %d times", attempt.id(), found.size());
                }
                check(found.stream().allMatch(row -> fits(row, attempt)), "order %s became %s", attempt, found);
            }
        }
        for (Posting row : books.transfers()) {
            ended(row, lines.getOrDefault(row.id(), List.of()));
        }
        Set<UUID> unordered = new HashSet<>(rows.keySet());
        unordered.removeAll(ordered);
        check(unordered.isEmpty(), "nobody ordered the transfers %s", unordered);
    }

    /** A transfer is done, both accounts changed; or, between shards, it left one account and came back. */
    private void ended(Posting row, List<Line> found) {
        boolean returned = row.status().equals(RETURNED) && !isWithinAShard(row.from(), row.to());
        check(returned || row.status().equals(POSTED), "transfer %s has not ended: %s", row.id(), row);
        UUID taker = returned ? row.from() : row.to();
        List<Side> sides = found.stream()
                .map(line -> new Side(line.account(), line.amountMinor()))
                .toList();
        check(
                sides.size() == 2
                        && sides.contains(new Side(row.from(), -row.amountMinor()))
                        && sides.contains(new Side(taker, row.amountMinor())),
                "%s transfer %s has the entries %s",
                row.status(),
                row.id(),
                found);
    }

    private record Side(UUID account, long amountMinor) {}

    private void sides(Attempt attempt, List<Line> found, Transfer transfer) {
        Transfer.After from = transfer.fromAfter();
        Transfer.After to = transfer.toAfter();
        if (from == null || to == null) {
            return;
        }
        Set<Line> expected = Set.of(
                new Line(attempt.from(), attempt.id(), -attempt.amountMinor(), from.balanceMinor(), from.version()),
                new Line(attempt.to(), attempt.id(), attempt.amountMinor(), to.balanceMinor(), to.version()));
        check(
                found.size() == 2 && expected.equals(new HashSet<>(found)),
                "transfer %s was answered with %s and has the entries %s",
                attempt.id(),
                expected,
                found);
    }

    /** Each account's entries lead from zero to its balance, one version each, and never below its limit. */
    private void entries() {
        Map<UUID, List<Line>> byAccount = books.entries().stream().collect(Collectors.groupingBy(Line::account));
        check(
                openedWithMin.keySet().containsAll(byAccount.keySet()),
                "entries belong to accounts that nobody opened: %s",
                byAccount.keySet());
        check(
                books.entries().size() == 2 * books.transfers().size(),
                "%d transfers have %d entries",
                books.transfers().size(),
                books.entries().size());
        books.accounts().forEach((id, account) -> {
            List<Line> lines = new ArrayList<>(byAccount.getOrDefault(id, List.of()));
            lines.sort(Comparator.comparingLong(Line::version));
            long balance = 0;
            long version = 1;
            long min = Objects.requireNonNullElse(openedWithMin.get(id), Long.MIN_VALUE);
            for (Line line : lines) {
                balance += line.amountMinor();
                check(
                        line.version() > version && line.version() <= account.version(),
                        "account %s is at version %d and has an entry of version %d behind one of version %d",
                        id,
                        account.version(),
                        line.version(),
                        version);
                version = line.version();
                check(
                        line.balanceMinor() == balance,
                        "account %s has %d at version %d, its entries sum up to %d",
                        id,
                        line.balanceMinor(),
                        line.version(),
                        balance);
                check(line.amountMinor() > 0 || balance >= min, "account %s went to %d, below %d", id, balance, min);
            }
            long versions = 1 + lines.size() + settled(lines);
            check(
                    account.equals(new Balance(balance, versions)),
                    "account %s is %s, its entries lead to balance %d and version %d",
                    id,
                    account,
                    balance,
                    versions);
        });
    }

    /** What left an account for another shard changes it once more, without an entry, when that shard has taken it. */
    private long settled(List<Line> lines) {
        Set<UUID> abroad = books.transfers().stream()
                .filter(row -> row.status().equals(POSTED) && !isWithinAShard(row.from(), row.to()))
                .map(Posting::id)
                .collect(Collectors.toSet());
        return lines.stream()
                .filter(line -> line.amountMinor() < 0 && abroad.contains(line.transfer()))
                .count();
    }

    private static boolean fits(Posting row, Attempt attempt) {
        return row.from().equals(attempt.from())
                && row.to().equals(attempt.to())
                && row.amountMinor() == attempt.amountMinor();
    }

    private static long sum(Map<UUID, Balance> balances) {
        return balances.values().stream().mapToLong(Balance::balanceMinor).sum();
    }

    @FormatMethod
    private void check(boolean holds, String fault, @Nullable Object... values) {
        if (!holds && faults.size() < FAULTS_MAX) {
            faults.add(fault.formatted(values));
        }
    }
}
