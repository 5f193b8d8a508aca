package io.mainstay.domain.ledger;

import static io.mainstay.testkit.DomainFixture.NOW_MICROS;
import static io.mainstay.testkit.DomainFixture.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.testkit.DomainFixture;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers in two phases, within a shard. */
final class ReservationsTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID T0 = new UUID(1, 0);
    private static final UUID T1 = new UUID(1, 1);
    private static final UUID T2 = new UUID(1, 2);
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long EXPIRES_MICROS = NOW_MICROS + HOUR_MICROS;

    private final DomainFixture<LedgerState, LedgerCommand, LedgerEvent> ledger = of(new LedgerDomain());

    @BeforeEach
    void aliceHasOneHundred() {
        ledger.given(
                new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                new AccountOpened(ALICE, "main", "EUR", 0),
                new TransferPosted(T0, BANK, ALICE, "EUR", 100, "", -100, 2, 100, 2));
    }

    @Test
    void reservingLeavesTheBalanceAndLowersWhatIsAvailable() {
        ledger.when(reserve(T1, 60))
                .thenEvent(reserved(T1, 60, 60, 60, 3))
                .and()
                .when(reserve(T2, 41))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/amountMinor")
                .and()
                .when(new PostTransfer(T2, ALICE, BANK, 41, ""))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/amountMinor")
                .and()
                .when(new PostTransfer(T2, ALICE, BANK, 40, ""))
                .thenEvent(new TransferPosted(T2, ALICE, BANK, "EUR", 40, "", 60, 4, -60, 4));
        assertThat(dueMicros()).isEqualTo(EXPIRES_MICROS);
    }

    @Test
    void confirmingMovesAllOfIt() {
        ledger.given(reserved(T1, 60, 60, 60, 3))
                .when(new ConfirmTransfer("", T1, ConfirmTransfer.ALL))
                .thenEvent(new TransferConfirmed(
                        "",
                        T1,
                        60,
                        List.of(
                                new Entry(ALICE, "EUR", -60, -60, 0, 40, 0, 0, 4),
                                new Entry(BANK, "EUR", 60, 0, -60, -40, 0, 0, 4))))
                .and()
                .when(new ConfirmTransfer("", T1, ConfirmTransfer.ALL))
                .thenRejected(Kind.REFUSED, "transfer-not-reserved", "/id")
                .and()
                .when(new CancelTransfer("", T1))
                .thenRejected(Kind.REFUSED, "transfer-not-reserved", "/id");
        assertThat(dueMicros()).isEqualTo(StateMachine.NEVER);
    }

    @Test
    void confirmingAPartReleasesTheRest() {
        LedgerState state = ledger.given(reserved(T1, 60, 60, 60, 3))
                .when(new ConfirmTransfer("", T1, 61))
                .thenRejected(Kind.INVALID, "confirm-too-much", "/amountMinor")
                .and()
                .when(new ConfirmTransfer("", T1, 25))
                .thenEvent(new TransferConfirmed(
                        "",
                        T1,
                        25,
                        List.of(
                                new Entry(ALICE, "EUR", -25, -60, 0, 75, 0, 0, 4),
                                new Entry(BANK, "EUR", 25, 0, -60, -75, 0, 0, 4))))
                .state();
        assertThat(state.transfer(T1).orElseThrow().legs())
                .containsExactly(new Leg(ALICE, "EUR", -25), new Leg(BANK, "EUR", 25));
        assertThat(state.transfer(T1).orElseThrow().stage()).isEqualTo(TransferStage.POSTED);
    }

    @Test
    void cancellingReleasesAllOfIt() {
        ledger.given(reserved(T1, 60, 60, 60, 3))
                .when(new CancelTransfer("", T1))
                .thenEvent(new TransferCancelled("", T1, released(4)))
                .and()
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.REFUSED, "transfer-not-reserved", "/id")
                .and()
                .when(new ReverseTransfer("", T2, T1))
                .thenRejected(Kind.REFUSED, "transfer-not-posted", "/original");
    }

    @Test
    void aReservationExpires() {
        ledger.given(reserved(T1, 60, 60, 60, 3))
                .at(EXPIRES_MICROS)
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.REFUSED, "transfer-expired", "/id")
                .and()
                .whenTimePasses(EXPIRES_MICROS)
                .thenEvent(new TransferExpired("", T1, released(4)))
                .and()
                .when(new ConfirmTransfer("", T1, 1))
                .thenRejected(Kind.REFUSED, "transfer-expired", "/id");
        assertThat(dueMicros()).isEqualTo(StateMachine.NEVER);
    }

    @Test
    void reservationsOfOneAccountExpireOneAfterTheOther() {
        ledger.given(reserved(T1, 60, 60, 60, 3), reserved(T2, 40, 100, 100, 4))
                .whenTimePasses(EXPIRES_MICROS)
                .thenAccepted(
                        List.of(
                                new TransferExpired(
                                        "",
                                        T1,
                                        List.of(
                                                new Entry(ALICE, "EUR", 0, -60, 0, 100, 40, 0, 5),
                                                new Entry(BANK, "EUR", 0, 0, -60, -100, 0, 40, 5))),
                                new TransferExpired(
                                        "",
                                        T2,
                                        List.of(
                                                new Entry(ALICE, "EUR", 0, -40, 0, 100, 0, 0, 6),
                                                new Entry(BANK, "EUR", 0, 0, -40, -100, 0, 0, 6)))),
                        List.of());
    }

    @Test
    void afewHundredExpireAtATime() {
        for (int index = 1; index <= 300; index++) {
            ledger.given(new TransferReserved(
                    "",
                    new UUID(5, index),
                    BANK,
                    ALICE,
                    "EUR",
                    1,
                    "",
                    NOW_MICROS - index,
                    List.of(
                            new Entry(BANK, "EUR", 0, 1, 0, -100, index, 0, 2 + index),
                            new Entry(ALICE, "EUR", 0, 0, 1, 100, 0, index, 2 + index))));
        }
        Decision<LedgerEvent> first = new LedgerDomain()
                .stateMachine()
                .elapse(ledger.state(), CommandContext.of(DomainFixture.SHARD, 0, NOW_MICROS));
        assertThat(first instanceof Decision.Accepted<LedgerEvent>(var events, var messages) ? events.size() : 0)
                .isEqualTo(256);
        LedgerState state = ledger.whenTimePasses(NOW_MICROS).state();
        assertThat(state.transfer(new UUID(5, 300)).orElseThrow().stage()).isEqualTo(TransferStage.EXPIRED);
        assertThat(state.transfer(new UUID(5, 1)).orElseThrow().stage()).isEqualTo(TransferStage.EXPIRED);
        assertThat(state.account(ALICE).orElseThrow().expectedMinor()).isZero();
    }

    @Test
    void whatIsExpectedCountsForTheMaximumAndKeepsTheAccountOpen() {
        ledger.given(new LimitsSet("", ALICE, 0, OpenAccount.UNLIMITED_MAX, 0, 150, 3), reservedOfBank(T1, 50, 3))
                .when(new PostTransfer(T2, BANK, ALICE, 1, ""))
                .thenRejected(Kind.REFUSED, "limit-exceeded", "/amountMinor")
                .and()
                .when(new SetLimits("", ALICE, 0, 149))
                .thenRejected(Kind.REFUSED, "limits-broken", "/maxBalanceMinor")
                .and()
                .given(new TransferPosted(T2, ALICE, BANK, "EUR", 100, "", 0, 5, 0, 4))
                .when(new CloseAccount("", ALICE))
                .thenRejected(Kind.REFUSED, "account-not-empty", "/id")
                .and()
                .when(new CloseAccount("", BANK))
                .thenRejected(Kind.REFUSED, "account-not-empty", "/id");
    }

    @Test
    void whatIsReservedCountsForTheMinimum() {
        ledger.given(reserved(T1, 60, 60, 60, 3))
                .when(new SetLimits("", ALICE, 41, 100))
                .thenRejected(Kind.REFUSED, "limits-broken", "/minBalanceMinor");
    }

    @Test
    void whatWasReservedIsConfirmedThoughTheAccountsAreFrozen() {
        ledger.given(
                        reserved(T1, 60, 60, 60, 3),
                        new AccountFrozen("", ALICE, "", 4),
                        new AccountFrozen("", BANK, "", 4))
                .when(reserve(T2, 1))
                .thenRejected(Kind.REFUSED, "account-frozen", "/from")
                .and()
                .when(new ConfirmTransfer("", T1, 60))
                .thenEvent(new TransferConfirmed(
                        "",
                        T1,
                        60,
                        List.of(
                                new Entry(ALICE, "EUR", -60, -60, 0, 40, 0, 0, 5),
                                new Entry(BANK, "EUR", 60, 0, -60, -40, 0, 0, 5))));
    }

    @Test
    void refusesWhatCannotBeReserved() {
        ledger.given(new AccountOpened(new UUID(0, 9), "main", "USD", 0))
                .when(new ReserveTransfer("", T1, ALICE, new UUID(0, 8), 1, "", HOUR_MICROS))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/to")
                .and()
                .when(new ReserveTransfer("", T1, new UUID(0, 8), ALICE, 1, "", HOUR_MICROS))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from")
                .and()
                .when(new ReserveTransfer("", T1, ALICE, ALICE, 1, "", HOUR_MICROS))
                .thenRejected(Kind.INVALID, "same-account", "/to")
                .and()
                .when(new ReserveTransfer("", T1, ALICE, new UUID(0, 9), 1, "", HOUR_MICROS))
                .thenRejected(Kind.INVALID, "asset-mismatch", "/to")
                .and()
                .when(new ReserveTransfer("", T0, ALICE, BANK, 1, "", HOUR_MICROS))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new ReserveTransfer("other", T1, ALICE, BANK, 1, "", HOUR_MICROS))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from")
                .and()
                .when(new ReserveTransfer("", T1, BANK, ALICE, Long.MAX_VALUE, "", HOUR_MICROS))
                .thenRejected(Kind.INVALID, "balance-overflow", "/amountMinor");
    }

    @Test
    void whatIsReservedAndExpectedStaysWithin64Bits() {
        long huge = Long.MAX_VALUE - 200;
        UUID rich = new UUID(0, 10);
        UUID poor = new UUID(0, 11);
        ledger.given(
                        new AccountOpened(rich, "main", "EUR", OpenAccount.UNLIMITED),
                        new AccountOpened(poor, "main", "EUR", OpenAccount.UNLIMITED),
                        new TransferPosted(T2, poor, rich, "EUR", huge, "", -huge, 2, huge, 2),
                        new TransferReserved(
                                "",
                                T1,
                                rich,
                                poor,
                                "EUR",
                                huge,
                                "",
                                EXPIRES_MICROS,
                                List.of(
                                        new Entry(rich, "EUR", 0, huge, 0, huge, huge, 0, 3),
                                        new Entry(poor, "EUR", 0, 0, huge, -huge, 0, huge, 3))))
                .when(new ReserveTransfer("", new UUID(1, 3), rich, BANK, 1000, "", HOUR_MICROS))
                .thenRejected(Kind.INVALID, "balance-overflow", "/amountMinor")
                .and()
                .when(new ReserveTransfer("", new UUID(1, 3), BANK, poor, 1000, "", HOUR_MICROS))
                .thenRejected(Kind.INVALID, "balance-overflow", "/amountMinor")
                .and()
                .when(new PostTransfer(new UUID(1, 3), BANK, poor, 1000, ""))
                .thenEvent(new TransferPosted(new UUID(1, 3), BANK, poor, "EUR", 1000, "", -1100, 3, 1000 - huge, 4));
    }

    @Test
    void anIdThatIsReservedIsTaken() {
        ledger.given(reserved(T1, 60, 60, 60, 3))
                .when(reserve(T1, 1))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new PostTransfer(T1, ALICE, BANK, 1, ""))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id");
    }

    @Test
    void anotherTenantsTransferIsUnknown() {
        ledger.given(reserved(T1, 60, 60, 60, 3));
        for (LedgerCommand command : List.of(
                new ConfirmTransfer("other", T1, 1),
                new CancelTransfer("other", T1),
                new ConfirmTransfer("other", T0, 1),
                new ConfirmTransfer("", T2, 1),
                new CancelTransfer("", T2))) {
            ledger.when(command).thenRejected(Kind.UNKNOWN, "transfer-unknown", "/id");
        }
        ledger.when(new ReverseTransfer("other", T2, T0)).thenRejected(Kind.UNKNOWN, "transfer-unknown", "/original");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, ReserveTransfer.EXPIRY_MICROS_MAX + 1})
    void anExpiryIsBounded(long expiryMicros) {
        assertThatThrownBy(() -> new ReserveTransfer("", T1, ALICE, BANK, 1, "", expiryMicros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expiryMicros + ", 1000 to");
    }

    private static ReserveTransfer reserve(UUID id, long amountMinor) {
        return new ReserveTransfer("", id, ALICE, BANK, amountMinor, "", HOUR_MICROS);
    }

    private static TransferReserved reserved(
            UUID id, long amountMinor, long reservedMinor, long expectedMinor, long version) {
        return new TransferReserved(
                "",
                id,
                ALICE,
                BANK,
                "EUR",
                amountMinor,
                "",
                EXPIRES_MICROS,
                List.of(
                        new Entry(ALICE, "EUR", 0, amountMinor, 0, 100, reservedMinor, 0, version),
                        new Entry(BANK, "EUR", 0, 0, amountMinor, -100, 0, expectedMinor, version)));
    }

    private static TransferReserved reservedOfBank(UUID id, long amountMinor, long version) {
        return new TransferReserved(
                "",
                id,
                BANK,
                ALICE,
                "EUR",
                amountMinor,
                "",
                EXPIRES_MICROS,
                List.of(
                        new Entry(BANK, "EUR", 0, amountMinor, 0, -100, amountMinor, 0, version),
                        new Entry(ALICE, "EUR", 0, 0, amountMinor, 100, 0, amountMinor, version + 1)));
    }

    private static List<Entry> released(long version) {
        return List.of(
                new Entry(ALICE, "EUR", 0, -60, 0, 100, 0, 0, version),
                new Entry(BANK, "EUR", 0, 0, -60, -100, 0, 0, version));
    }

    private long dueMicros() {
        return new LedgerDomain().stateMachine().dueMicros(ledger.state());
    }
}
