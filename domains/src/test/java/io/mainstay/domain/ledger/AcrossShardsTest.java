package io.mainstay.domain.ledger;

import static io.mainstay.testkit.DomainFixture.NOW_MICROS;
import static io.mainstay.testkit.DomainFixture.SHARD;
import static io.mainstay.testkit.DomainFixture.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.Saga.Step;
import io.mainstay.testkit.DomainFixture;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers between shards: which saga they are, and what each of its steps does on its shard. */
final class AcrossShardsTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID DOLLARS = new UUID(0, 3);
    private static final UUID FAR = new UUID(0, 11);
    private static final UUID FARTHER = new UUID(0, 12);
    private static final UUID T0 = new UUID(1, 0);
    private static final UUID T1 = new UUID(1, 1);
    private static final UUID T2 = new UUID(1, 2);
    private static final int FAR_SHARD = 1;
    private static final int FARTHER_SHARD = 2;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long EXPIRES_MICROS = NOW_MICROS + HOUR_MICROS;
    private static final Leg DEBIT = new Leg(ALICE, "EUR", -60);
    private static final Leg CREDIT = new Leg(FAR, "EUR", 60);
    private static final Optional<UUID> NOTHING = Optional.empty();

    private final DomainFixture<LedgerState, LedgerCommand, LedgerEvent> ledger = of(new LedgerDomain());

    @BeforeEach
    void aliceHasOneHundred() {
        ledger.knowing(FAR, FAR_SHARD)
                .knowing(FARTHER, FARTHER_SHARD)
                .given(
                        new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                        new AccountOpened(ALICE, "main", "EUR", 0),
                        new AccountOpened(DOLLARS, "main", "USD", OpenAccount.UNLIMITED),
                        new TransferPosted(T0, BANK, ALICE, "EUR", 100, "", -100, 2, 100, 2));
    }

    @Test
    void aTransferToOneOtherShardIsDecidedByIt() {
        ledger.when(new PostTransfer(T1, ALICE, FAR, 60, "rent"))
                .thenBegins(saga(
                        T1,
                        compensable(
                                SHARD,
                                new TakeOut(
                                        "",
                                        T1,
                                        List.of(DEBIT),
                                        List.of(new FarLeg(FAR_SHARD, CREDIT)),
                                        NOTHING,
                                        "rent")),
                        Step.pivot(FAR_SHARD, new PutIn("", T1, List.of(CREDIT)))));
    }

    @Test
    void entriesOverMoreShardsAreTakenBackEverywhere() {
        Leg farther = new Leg(FARTHER, "EUR", -10);
        ledger.when(new PostEntries(
                        "", T1, List.of(new Leg(ALICE, -50), new Leg(FAR, 60), new Leg(FARTHER, -10)), "split"))
                .thenBegins(saga(
                        T1,
                        compensable(
                                SHARD,
                                new TakeOut(
                                        "",
                                        T1,
                                        List.of(new Leg(ALICE, "EUR", -50)),
                                        List.of(new FarLeg(FAR_SHARD, CREDIT), new FarLeg(FARTHER_SHARD, farther)),
                                        NOTHING,
                                        "split")),
                        compensable(FAR_SHARD, new TakeOut("", T1, List.of(CREDIT), List.of(), NOTHING, "split")),
                        compensable(
                                FARTHER_SHARD, new TakeOut("", T1, List.of(farther), List.of(), NOTHING, "split"))));
    }

    @Test
    void whatThisShardCanRefuseNeverBegins() {
        ledger.when(new PostTransfer(T1, ALICE, FAR, 101, ""))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/amountMinor")
                .and()
                .when(new PostTransfer(T1, new UUID(0, 9), FAR, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from")
                .and()
                .when(new PostTransfer(T0, ALICE, FAR, 1, ""))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new PostTransfer("other", T1, ALICE, FAR, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from")
                .and()
                .when(new PostEntries("", T1, List.of(new Leg(ALICE, -1), new Leg(DOLLARS, -1), new Leg(FAR, 1)), ""))
                .thenRejected(Kind.INVALID, "asset-required", "/legs/2/account")
                .and()
                .when(new PostEntries("", T1, List.of(new Leg(ALICE, -1), new Leg(FAR, "USD", 1)), ""))
                .thenRejected(Kind.INVALID, "legs-unbalanced", "/legs");
    }

    @Test
    void whatIsTakenOutMayComeBackUntilItSettles() {
        LedgerState state = ledger.when(takeOut(DEBIT, new FarLeg(FAR_SHARD, CREDIT)))
                .thenEvent(takenOut(
                        List.of(new FarLeg(FAR_SHARD, CREDIT)), new Entry(ALICE, "EUR", -60, 0, 60, 40, 0, 60, 3)))
                .state();
        assertThat(state.inFlightMinor("", "EUR")).isEqualTo(60);
        assertThat(state.transfer(T1).orElseThrow().stage()).isEqualTo(TransferStage.UNDER_WAY);
        ledger.given(new LimitsSet("", ALICE, 0, OpenAccount.UNLIMITED_MAX, 0, 100, 4))
                .when(new PostTransfer(T2, BANK, ALICE, 1, ""))
                .thenRejected(Kind.REFUSED, "limit-exceeded", "/amountMinor")
                .and()
                .when(new PostTransfer(T1, BANK, ALICE, 1, ""))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.REFUSED, "transfer-not-reserved", "/id")
                .and()
                .when(new Settle("", T1))
                .thenEvent(new Settled(
                        "", T1, TransferStage.POSTED, List.of(new Entry(ALICE, "EUR", 0, 0, -60, 40, 0, 0, 5))));
        assertThat(state.inFlightMinor("", "EUR")).isEqualTo(60);
        assertThat(new Ledger().version(state, T1)).isEqualTo(2);
    }

    @Test
    void whatWasTakenOutReturns() {
        LedgerState state = ledger.given(takenOut(
                        List.of(new FarLeg(FAR_SHARD, CREDIT)), new Entry(ALICE, "EUR", -60, 0, 60, 40, 0, 60, 3)))
                .given(new AccountFrozen("", ALICE, "", 4))
                .when(new Return("", T1))
                .thenEvent(new Returned(
                        "", T1, TransferStage.UNDER_WAY, List.of(new Entry(ALICE, "EUR", 60, 0, -60, 100, 0, 0, 5))))
                .and()
                .when(new Settle("", T1))
                .thenRejected(Kind.UNKNOWN, "transfer-unknown", "/id")
                .state();
        assertThat(state.inFlightMinor("", "EUR")).isZero();
        assertThat(state.transfer(T1)).isEmpty();
    }

    @Test
    void aCreditIsExpectedUntilItSettles() {
        ledger.when(takeOut(new Leg(ALICE, "EUR", 60)))
                .thenEvent(takenOut(List.of(), new Entry(ALICE, "EUR", 0, 0, 60, 100, 0, 60, 3)))
                .and()
                .when(new Settle("", T1))
                .thenEvent(new Settled(
                        "", T1, TransferStage.VISITED, List.of(new Entry(ALICE, "EUR", 60, 0, -60, 160, 0, 0, 4))))
                .and()
                .when(new ReverseTransfer("", T2, T1))
                .thenRejected(Kind.UNKNOWN, "transfer-unknown", "/original");
    }

    @Test
    void anothersTransferIsPutInForGood() {
        ledger.when(new PutIn("", T1, List.of(new Leg(ALICE, "USD", 60))))
                .thenRejected(Kind.INVALID, "asset-mismatch", "")
                .and()
                .when(new PutIn("", T1, List.of(new Leg(ALICE, "EUR", -101))))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "")
                .and()
                .when(new PutIn("", T0, List.of(new Leg(ALICE, "EUR", 60))))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new PutIn("", T1, List.of(new Leg(ALICE, "EUR", 60))))
                .thenEvent(new EntriesPutIn("", T1, List.of(new Entry(ALICE, "EUR", 60, 0, 0, 160, 0, 0, 3))))
                .and()
                .when(new PostTransfer(T1, ALICE, BANK, 1, ""))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id");
    }

    @Test
    void aReversalGoesTheSameWayBack() {
        Leg back = new Leg(FAR, "EUR", -60);
        LedgerState state = ledger.given(
                        takenOut(
                                List.of(new FarLeg(FAR_SHARD, CREDIT)),
                                new Entry(ALICE, "EUR", -60, 0, 60, 40, 0, 60, 3)),
                        new Settled(
                                "", T1, TransferStage.POSTED, List.of(new Entry(ALICE, "EUR", 0, 0, -60, 40, 0, 0, 4))))
                .when(new ReverseTransfer("", T2, T1))
                .thenBegins(saga(
                        T2,
                        Step.compensable(
                                SHARD,
                                new TakeOut(
                                        "",
                                        T2,
                                        List.of(new Leg(ALICE, "EUR", 60)),
                                        List.of(new FarLeg(FAR_SHARD, back)),
                                        Optional.of(T1),
                                        ""),
                                Optional.of(new Settle("", T2)),
                                new Return("", T2)),
                        Step.pivot(FAR_SHARD, new PutIn("", T2, List.of(back)))))
                .state();
        TakenOut begun = new TakenOut(
                "",
                T2,
                List.of(new FarLeg(FAR_SHARD, back)),
                Optional.of(T1),
                "",
                List.of(new Entry(ALICE, "EUR", 0, 0, 60, 40, 0, 60, 5)));
        ledger.given(begun)
                .when(new ReverseTransfer("", new UUID(1, 3), T1))
                .thenRejected(Kind.REFUSED, "transfer-reversing", "/original")
                .and()
                .when(new Return("", T2))
                .thenEvent(new Returned(
                        "", T2, TransferStage.UNDER_WAY, List.of(new Entry(ALICE, "EUR", 0, 0, -60, 40, 0, 0, 6))));
        assertThat(state.transfer(T1).orElseThrow().stage()).isEqualTo(TransferStage.POSTED);
        ledger.given(new TakenOut(
                        "",
                        T2,
                        List.of(new FarLeg(FAR_SHARD, back)),
                        Optional.of(T1),
                        "",
                        List.of(new Entry(ALICE, "EUR", 0, 0, 60, 40, 0, 60, 7))))
                .when(new Settle("", T2))
                .thenEvent(new Settled(
                        "", T2, TransferStage.POSTED, List.of(new Entry(ALICE, "EUR", 60, 0, -60, 100, 0, 0, 8))));
        assertThat(state.transfer(T1).orElseThrow().stage()).isEqualTo(TransferStage.REVERSED);
        assertThat(state.inFlightMinor("", "EUR")).isZero();
    }

    @Test
    void aReservationIsHeldHereAndExpectedThere() {
        ledger.when(new ReserveTransfer("", T1, ALICE, FAR, 60, "", HOUR_MICROS))
                .thenBegins(saga(T1, compensable(SHARD, hold()), Step.pivot(FAR_SHARD, new Expect("", T1, CREDIT))))
                .and()
                .when(hold())
                .thenEvent(held())
                .and()
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.REFUSED, "transfer-under-way", "/id")
                .and()
                .when(new Settle("", T1))
                .thenEvent(new Settled("", T1, TransferStage.RESERVED, List.of()));
        assertThat(dueMicros()).isEqualTo(EXPIRES_MICROS);
    }

    @Test
    void aReservationThatTheOtherShardRefusesIsReleased() {
        ledger.given(held())
                .when(new Return("", T1))
                .thenEvent(new Returned(
                        "", T1, TransferStage.RESERVING, List.of(new Entry(ALICE, "EUR", 0, -60, 0, 100, 0, 0, 4))))
                .and()
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.UNKNOWN, "transfer-unknown", "/id");
    }

    @Test
    void aConfirmationTakesFromWhatIsReservedAndGivesWhatIsExpected() {
        LedgerState state = ledger.given(held(), new Settled("", T1, TransferStage.RESERVED, List.of()))
                .when(new ConfirmTransfer("", T1, 25))
                .thenBegins(saga(
                        T1,
                        compensable(SHARD, new TakeHeld("", T1, 25)),
                        Step.pivot(FAR_SHARD, new GiveExpected("", T1, 25))))
                .and()
                .when(new TakeHeld("", T1, 25))
                .thenEvent(new HeldTaken("", T1, 25, List.of(new Entry(ALICE, "EUR", -25, -25, 25, 75, 35, 25, 4))))
                .and()
                .when(new CancelTransfer("", T1))
                .thenRejected(Kind.REFUSED, "transfer-under-way", "/id")
                .and()
                .when(new Return("", T1))
                .thenEvent(new Returned(
                        "", T1, TransferStage.CONFIRMING, List.of(new Entry(ALICE, "EUR", 25, 25, -25, 100, 60, 0, 5))))
                .and()
                .given(new HeldTaken("", T1, 25, List.of(new Entry(ALICE, "EUR", -25, -25, 25, 75, 35, 25, 6))))
                .when(new Settle("", T1))
                .thenEvent(new Settled(
                        "", T1, TransferStage.POSTED, List.of(new Entry(ALICE, "EUR", 0, -35, -25, 75, 0, 0, 7))))
                .state();
        assertThat(state.transfer(T1).orElseThrow().elsewhere())
                .containsExactly(new FarLeg(FAR_SHARD, new Leg(FAR, "EUR", 25)));
        assertThat(state.inFlightMinor("", "EUR")).isEqualTo(25);
        assertThat(dueMicros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theOtherShardIsToldThatAReservationIsCancelledOrExpired() {
        List<Message> release = List.of(new Message(FAR_SHARD, new ReleaseExpected("", T1)));
        List<Entry> released = List.of(new Entry(ALICE, "EUR", 0, -60, 0, 100, 0, 0, 4));
        ledger.given(held(), new Settled("", T1, TransferStage.RESERVED, List.of()))
                .whenTimePasses(EXPIRES_MICROS)
                .thenAccepted(List.of(new TransferExpired("", T1, released)), release);
        of(new LedgerDomain())
                .knowing(FAR, FAR_SHARD)
                .given(
                        new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                        new AccountOpened(ALICE, "main", "EUR", 0),
                        new TransferPosted(T0, BANK, ALICE, "EUR", 100, "", -100, 2, 100, 2),
                        held(),
                        new Settled("", T1, TransferStage.RESERVED, List.of()))
                .when(new CancelTransfer("", T1))
                .thenAccepted(List.of(new TransferCancelled("", T1, released)), release);
    }

    @Test
    void anExpectationIsGivenInPartOrReleased() {
        AmountExpected expected = new AmountExpected(
                "", T1, new Leg(ALICE, "EUR", 60), List.of(new Entry(ALICE, "EUR", 0, 0, 60, 100, 0, 60, 3)));
        LedgerState state = ledger.when(new Expect("", T1, new Leg(ALICE, "USD", 60)))
                .thenRejected(Kind.INVALID, "asset-mismatch", "")
                .and()
                .when(new Expect("", T1, new Leg(ALICE, "EUR", 60)))
                .thenEvent(expected)
                .and()
                .when(new CloseAccount("", ALICE))
                .thenRejected(Kind.REFUSED, "account-not-empty", "/id")
                .and()
                .when(new CancelTransfer("", T1))
                .thenRejected(Kind.UNKNOWN, "transfer-unknown", "/id")
                .and()
                .given(new AccountFrozen("", ALICE, "", 4))
                .when(new GiveExpected("", T1, 61))
                .thenRejected(Kind.INVALID, "confirm-too-much", "/amountMinor")
                .and()
                .when(new GiveExpected("", T1, 25))
                .thenEvent(new ExpectedGiven("", T1, 25, List.of(new Entry(ALICE, "EUR", 25, 0, -60, 125, 0, 0, 5))))
                .and()
                .when(new ReleaseExpected("", T1))
                .thenRejected(Kind.UNKNOWN, "transfer-unknown", "/id")
                .and()
                .given(new AmountExpected(
                        "", T2, new Leg(ALICE, "EUR", 60), List.of(new Entry(ALICE, "EUR", 0, 0, 60, 125, 0, 60, 6))))
                .when(new ReleaseExpected("", T2))
                .thenEvent(new ExpectedReleased("", T2, List.of(new Entry(ALICE, "EUR", 0, 0, -60, 125, 0, 0, 7))))
                .state();
        assertThat(state.inFlightMinor("", "EUR")).isEqualTo(-25);
        assertThat(new Ledger().version(state, T1)).isZero();
    }

    private static TakeOut takeOut(Leg leg, FarLeg... elsewhere) {
        return new TakeOut("", T1, List.of(leg), List.of(elsewhere), NOTHING, "");
    }

    private static TakenOut takenOut(List<FarLeg> elsewhere, Entry entry) {
        return new TakenOut("", T1, elsewhere, NOTHING, "", List.of(entry));
    }

    private static HoldAmount hold() {
        return new HoldAmount("", T1, DEBIT, new FarLeg(FAR_SHARD, CREDIT), "", EXPIRES_MICROS);
    }

    private static AmountHeld held() {
        return new AmountHeld(
                "",
                T1,
                DEBIT,
                new FarLeg(FAR_SHARD, CREDIT),
                "",
                EXPIRES_MICROS,
                List.of(new Entry(ALICE, "EUR", 0, 60, 0, 100, 60, 0, 3)));
    }

    private static Step compensable(int shard, LedgerCommand attempt) {
        return Step.compensable(shard, attempt, Optional.of(new Settle("", T1)), new Return("", T1));
    }

    private static Saga saga(UUID subject, Step... steps) {
        return new Saga(subject, List.of(steps), Saga.TIMEOUT_MICROS_DEFAULT);
    }

    private long dueMicros() {
        return new LedgerDomain().stateMachine().dueMicros(ledger.state());
    }
}
