package io.mainstay.domain.ledger;

import static io.mainstay.testkit.DomainFixture.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.testkit.DomainFixture;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postings of several legs, and reversals, within a shard. */
final class PostingsTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID BOB = new UUID(0, 3);
    private static final UUID DOLLARS = new UUID(0, 4);
    private static final UUID BANK_DOLLARS = new UUID(0, 5);
    private static final UUID T1 = new UUID(1, 1);
    private static final UUID T2 = new UUID(1, 2);
    private static final UUID T3 = new UUID(1, 3);

    private final DomainFixture<LedgerState, LedgerCommand, LedgerEvent> ledger = of(new LedgerDomain());

    @BeforeEach
    void open() {
        ledger.given(
                new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                new AccountOpened(ALICE, "main", "EUR", 0),
                new AccountOpened(BOB, "main", "EUR", 0),
                new AccountOpened(DOLLARS, "main", "USD", 0),
                new AccountOpened(BANK_DOLLARS, "main", "USD", OpenAccount.UNLIMITED));
    }

    @Test
    void postsSeveralLegsAtOnceAndReversesThem() {
        LedgerState state = ledger.when(entries(T1, new Leg(BANK, -30), new Leg(ALICE, 10), new Leg(BOB, 20)))
                .thenEvent(posted(
                        T1,
                        Optional.empty(),
                        new Entry(BANK, "EUR", -30, 0, 0, -30, 0, 0, 2),
                        new Entry(ALICE, "EUR", 10, 0, 0, 10, 0, 0, 2),
                        new Entry(BOB, "EUR", 20, 0, 0, 20, 0, 0, 2)))
                .and()
                .when(new ReverseTransfer("", T2, T1))
                .thenEvent(posted(
                        T2,
                        Optional.of(T1),
                        new Entry(BANK, "EUR", 30, 0, 0, 0, 0, 0, 3),
                        new Entry(ALICE, "EUR", -10, 0, 0, 0, 0, 0, 3),
                        new Entry(BOB, "EUR", -20, 0, 0, 0, 0, 0, 3)))
                .and()
                .when(new ReverseTransfer("", T3, T1))
                .thenRejected(Kind.REFUSED, "transfer-reversed", "/original")
                .state();
        assertThat(state.transfer(T1).orElseThrow().stage()).isEqualTo(TransferStage.REVERSED);
    }

    @Test
    void postsSeveralAssetsEachAddingUpToZero() {
        ledger.when(entries(
                        T1,
                        new Leg(BANK, "EUR", -9),
                        new Leg(ALICE, "EUR", 9),
                        new Leg(BANK_DOLLARS, -10),
                        new Leg(DOLLARS, 10)))
                .thenEvent(posted(
                        T1,
                        Optional.empty(),
                        new Entry(BANK, "EUR", -9, 0, 0, -9, 0, 0, 2),
                        new Entry(ALICE, "EUR", 9, 0, 0, 9, 0, 0, 2),
                        new Entry(BANK_DOLLARS, "USD", -10, 0, 0, -10, 0, 0, 2),
                        new Entry(DOLLARS, "USD", 10, 0, 0, 10, 0, 0, 2)));
    }

    @Test
    void refusesWhatDoesNotFit() {
        ledger.when(entries(T1, new Leg(BANK, -10), new Leg(DOLLARS, 10)))
                .thenRejected(Kind.INVALID, "legs-unbalanced", "/legs")
                .and()
                .when(entries(T1, new Leg(BANK, -10), new Leg(ALICE, 9)))
                .thenRejected(Kind.INVALID, "legs-unbalanced", "/legs")
                .and()
                .when(entries(T1, new Leg(BANK, -10), new Leg(ALICE, 5), new Leg(BANK, 5)))
                .thenRejected(Kind.INVALID, "account-repeated", "/legs/2/account")
                .and()
                .when(entries(T1, new Leg(BANK, -10), new Leg(DOLLARS, "EUR", 10)))
                .thenRejected(Kind.INVALID, "asset-mismatch", "/legs/1/account")
                .and()
                .when(entries(T1, new Leg(BANK, -10), new Leg(new UUID(0, 9), 10)))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/legs/1/account")
                .and()
                .when(entries(T1, new Leg(BANK, 10), new Leg(ALICE, -10)))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/legs/1/amountMinor")
                .and()
                .given(new AccountFrozen("", ALICE, "", 2))
                .when(entries(T1, new Leg(BANK, -10), new Leg(ALICE, 10)))
                .thenRejected(Kind.REFUSED, "account-frozen", "/legs/1/account");
    }

    @Test
    void sumsDoNotOverflow() {
        ledger.given(new AccountOpened(T1, "main", "EUR", OpenAccount.UNLIMITED))
                .when(entries(T1, new Leg(BANK, Long.MAX_VALUE), new Leg(T1, Long.MAX_VALUE), new Leg(ALICE, 2)))
                .thenRejected(Kind.INVALID, "legs-unbalanced", "/legs");
    }

    @Test
    void legsAreTwoToSixtyFour() {
        assertThatThrownBy(() -> entries(T1, new Leg(BANK, 1))).hasMessage("1 legs, 2 to 64 wanted");
        assertThatThrownBy(() -> new PostEntries("", T1, Collections.nCopies(65, new Leg(BANK, 1)), ""))
                .hasMessage("65 legs, 2 to 64 wanted");
        assertThatThrownBy(() -> new Leg(BANK, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Leg(BANK, Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reversesATransferOnce() {
        ledger.given(new TransferPosted(T1, BANK, ALICE, "EUR", 7, "", -7, 2, 7, 2))
                .when(new ReverseTransfer("", T1, T1))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id")
                .and()
                .when(new ReverseTransfer("", T2, T1))
                .thenEvent(posted(
                        T2,
                        Optional.of(T1),
                        new Entry(BANK, "EUR", 7, 0, 0, 0, 0, 0, 3),
                        new Entry(ALICE, "EUR", -7, 0, 0, 0, 0, 0, 3)))
                .and()
                .when(new ReverseTransfer("", T3, T1))
                .thenRejected(Kind.REFUSED, "transfer-reversed", "/original")
                .and()
                .when(new ReverseTransfer("", T3, T2))
                .thenEvent(posted(
                        T3,
                        Optional.of(T2),
                        new Entry(ALICE, "EUR", 7, 0, 0, 7, 0, 0, 4),
                        new Entry(BANK, "EUR", -7, 0, 0, -7, 0, 0, 4)));
    }

    @Test
    void aReversalKeepsTheLimits() {
        ledger.given(
                        new TransferPosted(T1, BANK, ALICE, "EUR", 7, "", -7, 2, 7, 2),
                        new TransferPosted(T2, ALICE, BOB, "EUR", 1, "", 6, 3, 1, 2))
                .when(new ReverseTransfer("", T3, T1))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "");
    }

    @Test
    void aTransferThatIsForgottenCannotBeReversed() {
        ledger.when(new ReverseTransfer("", T2, T1)).thenRejected(Kind.UNKNOWN, "transfer-unknown", "/original");
    }

    private static PostEntries entries(UUID id, Leg... legs) {
        return new PostEntries("", id, List.of(legs), "");
    }

    private static EntriesPosted posted(UUID id, Optional<UUID> reverses, Entry... entries) {
        return new EntriesPosted("", id, reverses, "", List.of(entries));
    }
}
