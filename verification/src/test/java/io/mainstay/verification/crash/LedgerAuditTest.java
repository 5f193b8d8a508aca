package io.mainstay.verification.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.client.Position;
import io.mainstay.client.Transfer;
import io.mainstay.verification.crash.Attempt.Answered;
import io.mainstay.verification.crash.Attempt.Refused;
import io.mainstay.verification.crash.Attempt.Result;
import io.mainstay.verification.crash.Attempt.Unlearned;
import io.mainstay.verification.crash.Books.Balance;
import io.mainstay.verification.crash.Books.Line;
import io.mainstay.verification.crash.Books.Posting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A right history passes, and each way in which a server could cheat is found. */
class LedgerAuditTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(1, 2);
    private static final UUID THIRD = new UUID(1, 3);

    private final Map<UUID, Long> opened = Map.of(BANK, Long.MIN_VALUE, ALICE, 0L);
    private final Map<UUID, Integer> shardOf = new HashMap<>(Map.of(BANK, 1, ALICE, 1));
    private final List<Attempt> client = new ArrayList<>(List.of(
            attempt(FIRST, 10, answered(FIRST, 10, 0, -10, 2, 10, 2)),
            attempt(SECOND, 5, new Refused("funds-insufficient")),
            attempt(THIRD, 7, answered(THIRD, 7, 2, -17, 3, 17, 3))));
    private final Map<UUID, Balance> memory = new HashMap<>(balances());
    private final Map<UUID, Balance> accounts = new HashMap<>(balances());
    private final List<Posting> transfers = new ArrayList<>(List.of(
            new Posting(FIRST, "posted", BANK, ALICE, 10, 1, 0), new Posting(THIRD, "posted", BANK, ALICE, 7, 1, 2)));
    private final List<Line> entries = new ArrayList<>(List.of(
            new Line(BANK, FIRST, -10, -10, 2),
            new Line(ALICE, FIRST, 10, 10, 2),
            new Line(BANK, THIRD, -7, -17, 3),
            new Line(ALICE, THIRD, 7, 17, 3)));

    @Test
    void passesWhatIsRight() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void passesWhatIsRightBetweenShards() {
        betweenShards();

        assertThat(faults()).isEmpty();
    }

    @Test
    void findsATransferBetweenShardsWithOneSideOnly() {
        betweenShards();
        entries.remove(3);

        assertThat(faults()).anyMatch(fault -> fault.startsWith("posted transfer " + THIRD + " has the entries"));
    }

    @Test
    void findsATransferBetweenShardsThatHasNotEnded() {
        betweenShards();
        memory.put(BANK, new Balance(-17, 4));
        accounts.putAll(memory);

        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("account " + BANK + " is Balance[balanceMinor=-17, version=4]"));
    }

    @Test
    void passesATransferBetweenShardsThatCameBack() {
        betweenShards();
        returned();

        assertThat(faults()).isEmpty();
    }

    @Test
    void findsAReturnedTransferThatKeptTheMoney() {
        betweenShards();
        returned();
        entries.remove(3);

        assertThat(faults()).anyMatch(fault -> fault.startsWith("returned transfer " + THIRD + " has the entries"));
    }

    @Test
    void findsAnAnsweredTransferThatCameBack() {
        Attempt answered = client.get(2);
        betweenShards();
        returned();
        client.set(2, answered);

        assertThat(faults()).anyMatch(fault -> fault.startsWith("transfer " + THIRD + " was answered as done and is"));
    }

    @Test
    void findsATransferWithinAShardThatWasRefusedForWantOfTime() {
        learns(1, SECOND, 5, new Refused("saga-timed-out"));

        assertThat(faults()).anyMatch(fault -> fault.contains("was refused: saga-timed-out"));
    }

    @Test
    void findsATransferThatIsStillOnItsWay() {
        betweenShards();
        transfers.set(1, new Posting(THIRD, "in-flight", BANK, ALICE, 7, 1, 2));

        assertThat(faults()).anyMatch(fault -> fault.startsWith("transfer " + THIRD + " has not ended"));
    }

    /** The third transfer left the bank and came back, a version each. */
    private void returned() {
        learns(2, THIRD, 7, new Refused("saga-timed-out"));
        transfers.set(1, new Posting(THIRD, "returned", BANK, ALICE, 7, 1, 2));
        entries.set(3, new Line(BANK, THIRD, 7, -10, 4));
        memory.putAll(Map.of(BANK, new Balance(-10, 5), ALICE, new Balance(10, 2)));
        accounts.putAll(memory);
    }

    /** The bank's two transfers are settled when the other shard has taken them, which makes a version each. */
    private void betweenShards() {
        shardOf.put(ALICE, 2);
        memory.put(BANK, new Balance(-17, 5));
        accounts.putAll(memory);
    }

    @Test
    void passesAnOrderOfUnknownOutcomeDoneOrNot() {
        learns(1, SECOND, 5, new Unlearned());
        learns(2, THIRD, 7, new Unlearned());

        assertThat(faults()).isEmpty();
    }

    @Test
    void findsAnAnsweredTransferThatIsGone() {
        transfers.remove(1);
        entries.removeIf(line -> line.transfer().equals(THIRD));
        memory.putAll(Map.of(BANK, new Balance(-10, 2), ALICE, new Balance(10, 2)));
        accounts.putAll(memory);

        assertThat(faults()).anyMatch(fault -> fault.contains("answered transfer " + THIRD + " is in the database 0"));
    }

    @Test
    void findsATransferThatIsThereTwice() {
        postThirdAgain();

        assertThat(faults()).anyMatch(fault -> fault.contains(THIRD + " is in the database 2 times"));
    }

    @Test
    void findsAnOrderOfUnknownOutcomeThatWasDoneTwice() {
        postThirdAgain();
        learns(2, THIRD, 7, new Unlearned());

        assertThat(faults()).anyMatch(fault -> fault.contains(THIRD + " is there 2 times"));
    }

    @Test
    void findsARefusedTransferThatWasDone() {
        learns(2, THIRD, 7, new Refused("funds-insufficient"));

        assertThat(faults()).anyMatch(fault -> fault.contains("was refused (funds-insufficient) and is there"));
    }

    @Test
    void findsARefusalThatOnlyARepetitionExplains() {
        learns(1, SECOND, 5, new Refused("transfer-exists"));

        assertThat(faults()).anyMatch(fault -> fault.contains("was refused: transfer-exists"));
    }

    @Test
    void findsATransferThatNobodyOrdered() {
        client.remove(2);

        assertThat(faults()).anyMatch(fault -> fault.contains("nobody ordered the transfers [" + THIRD));
    }

    @Test
    void findsAnotherAmountThanOrdered() {
        transfers.set(1, new Posting(THIRD, "posted", BANK, ALICE, 8, 1, 2));

        assertThat(faults()).anyMatch(fault -> fault.contains("order Attempt[id=" + THIRD));
    }

    @Test
    void findsAnotherBalanceThanAnswered() {
        learns(2, THIRD, 7, answered(THIRD, 7, 2, -18, 3, 18, 3));

        assertThat(faults()).anyMatch(fault -> fault.contains("transfer " + THIRD + " was answered with"));
    }

    @Test
    void findsAnotherPositionThanAnswered() {
        learns(2, THIRD, 7, answered(THIRD, 7, 9, -17, 3, 17, 3));

        assertThat(faults()).anyMatch(fault -> fault.contains("offset=9] and is at"));
    }

    @Test
    void findsAPositionThatWasGivenTwice() {
        learns(2, THIRD, 7, answered(THIRD, 7, 0, -17, 3, 17, 3));

        assertThat(faults()).anyMatch(fault -> fault.contains("are both at Position[shard=1, offset=0]"));
    }

    @Test
    void findsAVersionThatGoesBack() {
        learns(2, THIRD, 7, answered(THIRD, 7, 2, -17, 2, 17, 3));

        assertThat(faults()).anyMatch(fault -> fault.contains("version of account " + BANK + " go from 2 to 2"));
    }

    @Test
    void findsMoneyThatWasMade() {
        memory.put(ALICE, new Balance(18, 3));

        assertThat(faults()).contains("all balances in memory sum up to 1");
    }

    @Test
    void findsADatabaseThatDiffersFromMemory() {
        accounts.put(ALICE, new Balance(17, 4));

        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("account " + ALICE + " is Balance[balanceMinor=17, version=3]"));
    }

    @Test
    void findsAGapInTheVersions() {
        entries.set(3, new Line(ALICE, THIRD, 7, 17, 4));

        assertThat(faults())
                .contains(
                        "account " + ALICE + " is at version 3 and has an entry of version 4 behind one of version 2");
    }

    @Test
    void findsAnEntryThatIsMissing() {
        entries.remove(3);

        assertThat(faults()).contains("2 transfers have 3 entries");
    }

    @Test
    void findsABalanceBelowItsLimit() {
        Map<UUID, Long> limited = Map.of(BANK, -10L, ALICE, 0L);

        assertThat(LedgerAudit.faults(limited, shardOf, List.of(client), books()))
                .contains("account " + BANK + " went to -17, below -10");
    }

    @Test
    void findsAnAccountThatIsGone() {
        memory.remove(ALICE);

        assertThat(faults()).contains("opened 2 accounts, memory has 1");
    }

    private void postThirdAgain() {
        transfers.add(new Posting(THIRD, "posted", BANK, ALICE, 7, 1, 3));
        entries.add(new Line(BANK, THIRD, -7, -24, 4));
        entries.add(new Line(ALICE, THIRD, 7, 24, 4));
        memory.putAll(Map.of(BANK, new Balance(-24, 4), ALICE, new Balance(24, 4)));
        accounts.putAll(memory);
    }

    private List<String> faults() {
        return LedgerAudit.faults(opened, shardOf, List.of(client), books());
    }

    private Books books() {
        return new Books(memory, accounts, transfers, entries);
    }

    private void learns(int index, UUID id, long amountMinor, Result result) {
        client.set(index, attempt(id, amountMinor, result));
    }

    private static Map<UUID, Balance> balances() {
        return Map.of(BANK, new Balance(-17, 3), ALICE, new Balance(17, 3));
    }

    private static Attempt attempt(UUID id, long amountMinor, Result result) {
        return new Attempt(id, BANK, ALICE, amountMinor, result);
    }

    private static Answered answered(
            UUID id, long amountMinor, long offset, long from, long fromVersion, long to, long toVersion) {
        return new Answered(new Transfer(
                id,
                "posted",
                BANK,
                ALICE,
                "EUR",
                amountMinor,
                "",
                new Transfer.After(from, fromVersion),
                new Transfer.After(to, toVersion),
                null,
                null,
                null,
                new Position(1, offset),
                Instant.EPOCH));
    }
}
