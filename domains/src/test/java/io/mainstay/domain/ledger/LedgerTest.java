package io.mainstay.domain.ledger;

import static io.mainstay.testkit.DomainFixture.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.testkit.DomainFixture;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID BOB = new UUID(0, 3);
    private static final UUID T1 = new UUID(1, 1);
    private static final UUID T2 = new UUID(1, 2);

    private final DomainFixture<LedgerState, LedgerCommand, LedgerEvent> ledger = of(new LedgerDomain());

    @Test
    void opensAnAccountAtZero() {
        assertThat(ledger.when(new OpenAccount(ALICE, "main", "EUR", 0))
                        .thenEvent(new AccountOpened(ALICE, "main", "EUR", 0))
                        .state()
                        .account(ALICE))
                .hasValue(new LedgerState.AccountView(ALICE, "main", "EUR", 0, 0, 1));
    }

    @Test
    void opensAnAccountOnce() {
        ledger.given(opened(ALICE, 0))
                .when(new OpenAccount(ALICE, "main", "EUR", 0))
                .thenRejected(Kind.CONFLICT, "account-exists", "/id");
    }

    @Test
    void movesMoneyAndCountsVersions() {
        ledger.given(opened(BANK, OpenAccount.UNLIMITED), opened(ALICE, 0))
                .when(new PostTransfer(T1, BANK, ALICE, 100, "Grüße ✓"))
                .thenEvent(new TransferPosted(T1, BANK, ALICE, "EUR", 100, "Grüße ✓", -100, 2, 100, 2))
                .and()
                .when(new PostTransfer(T2, ALICE, BANK, 100, ""))
                .thenEvent(new TransferPosted(T2, ALICE, BANK, "EUR", 100, "", 0, 3, 0, 3));
    }

    @Test
    void refusesToOverdraw() {
        ledger.given(opened(ALICE, -50), opened(BOB, 0))
                .when(new PostTransfer(T1, ALICE, BOB, 51, ""))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/amountMinor")
                .and()
                .when(new PostTransfer(T1, ALICE, BOB, 50, ""))
                .thenEvent(new TransferPosted(T1, ALICE, BOB, "EUR", 50, "", -50, 2, 50, 2));
    }

    @Test
    void refusesUnknownAccounts() {
        ledger.given(opened(ALICE, 0))
                .when(new PostTransfer(T1, BOB, ALICE, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from")
                .and()
                .when(new PostTransfer(T1, ALICE, BOB, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/to");
    }

    @Test
    void refusesATransferBetweenAssets() {
        ledger.given(opened(ALICE, OpenAccount.UNLIMITED), new AccountOpened(BOB, "main", "USD", 0))
                .when(new PostTransfer(T1, ALICE, BOB, 1, ""))
                .thenRejected(Kind.INVALID, "asset-mismatch", "/to");
    }

    @Test
    void refusesATransferIdThatWasUsed() {
        ledger.given(
                        opened(BANK, OpenAccount.UNLIMITED),
                        opened(ALICE, 0),
                        new TransferPosted(T1, BANK, ALICE, "EUR", 5, "", -5, 2, 5, 2))
                .when(new PostTransfer(T1, BANK, ALICE, 5, ""))
                .thenRejected(Kind.CONFLICT, "transfer-exists", "/id");
    }

    @Test
    void refusesToLeaveSixtyFourBits() {
        ledger.given(
                        opened(BANK, OpenAccount.UNLIMITED),
                        opened(ALICE, OpenAccount.UNLIMITED),
                        new TransferPosted(
                                T1, BANK, ALICE, "EUR", Long.MAX_VALUE, "", -Long.MAX_VALUE, 2, Long.MAX_VALUE, 2))
                .when(new PostTransfer(T2, BANK, ALICE, 1, ""))
                .thenRejected(Kind.INVALID, "balance-overflow", "/amountMinor")
                .and()
                .when(new PostTransfer(T2, ALICE, BANK, Long.MAX_VALUE, ""))
                .thenEvent(new TransferPosted(T2, ALICE, BANK, "EUR", Long.MAX_VALUE, "", 0, 3, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void anAmountIsPositive(long amountMinor) {
        assertThatThrownBy(() -> new PostTransfer(T1, ALICE, BOB, amountMinor, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(amountMinor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EU", "EURO-EUROEURO", "€UR", "THIRTEENCHARS"})
    void anAssetIsThreeToTwelveCapitals(String asset) {
        assertThatThrownBy(() -> new OpenAccount(ALICE, "main", asset, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTransferToItself() {
        ledger.given(opened(ALICE, 0))
                .when(new PostTransfer(T1, ALICE, ALICE, 1, ""))
                .thenRejected(Kind.INVALID, "same-account", "/to");
    }

    private static AccountOpened opened(UUID id, long minBalanceMinor) {
        return new AccountOpened(id, "main", "EUR", minBalanceMinor);
    }
}
