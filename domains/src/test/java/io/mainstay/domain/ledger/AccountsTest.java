package io.mainstay.domain.ledger;

import static io.mainstay.testkit.DomainFixture.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.route.Route;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import io.mainstay.testkit.DomainFixture;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Assets, parties, and what an account goes through from opening to closing. */
final class AccountsTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID PARTY = new UUID(7, 1);
    private static final UUID T1 = new UUID(1, 1);
    private static final String TENANT = "acme-2";

    private final DomainFixture<LedgerState, LedgerCommand, LedgerEvent> ledger = of(new LedgerDomain());

    @Test
    void opensAnAccountWithAllThatItMayHave() {
        OpenAccount open = new OpenAccount(TENANT, ALICE, "main", "EUR", -100, 5000, "Savings", Optional.of(PARTY));
        assertThat(ledger.given(registered(TENANT))
                        .when(open)
                        .thenEvent(new AccountOpened(
                                TENANT, ALICE, "main", "EUR", -100, 5000, "Savings", Optional.of(PARTY)))
                        .state()
                        .account(ALICE))
                .hasValue(new AccountView(
                        TENANT,
                        ALICE,
                        "main",
                        "EUR",
                        -100,
                        5000,
                        0,
                        0,
                        0,
                        1,
                        AccountStatus.OPEN,
                        "Savings",
                        Optional.of(PARTY)));
        assertThat(open.route()).isEqualTo(new Route.Creating("acme-2/main", ALICE));
        assertThat(new OpenAccount(ALICE, "main", "EUR", 0).route()).isEqualTo(new Route.Creating("main", ALICE));
    }

    @Test
    void anOwnerIsAPartyOfTheTenantAndTheShard() {
        ledger.given(registered("other"))
                .when(new OpenAccount(TENANT, ALICE, "main", "EUR", 0, 0, "", Optional.of(PARTY)))
                .thenRejected(Kind.UNKNOWN, "party-unknown", "/owner");
    }

    @Test
    void anAssetThatNobodyDefinedIsUnknown() {
        ledger.when(new OpenAccount(ALICE, "main", "SHARE", 0))
                .thenRejected(Kind.INVALID, "asset-unknown", "/asset")
                .and()
                .given(new AssetDefined(TENANT, "SHARE", 0))
                .when(new OpenAccount(ALICE, "main", "SHARE", 0))
                .thenRejected(Kind.INVALID, "asset-unknown", "/asset")
                .and()
                .given(new AssetDefined("", "SHARE", 6))
                .when(new OpenAccount(ALICE, "main", "SHARE", 0))
                .thenEvent(new AccountOpened(ALICE, "main", "SHARE", 0));
    }

    @Test
    void accountsFromBeforeAssetsWereDefinedGoOn() {
        LedgerState state = ledger.given(
                        new AccountOpened(BANK, "main", "POINTS", OpenAccount.UNLIMITED),
                        new AccountOpened(ALICE, "main", "POINTS", 0))
                .when(new PostTransfer(T1, BANK, ALICE, 7, ""))
                .thenEvent(new TransferPosted(T1, BANK, ALICE, "POINTS", 7, "", -7, 2, 7, 2))
                .state();
        assertThat(state.assetScale("", "POINTS")).isEmpty();
    }

    @Test
    void anAssetIsDefinedOnceAndToldToAllShards() {
        LearnAsset learn = new LearnAsset(TENANT, "SHARE", 6);
        LedgerState state = ledger.when(new DefineAsset(TENANT, "SHARE", 6))
                .thenAccepted(
                        List.of(new AssetDefined(TENANT, "SHARE", 6)),
                        List.of(
                                new Message(0, learn),
                                new Message(1, learn),
                                new Message(2, learn),
                                new Message(4, learn)))
                .and()
                .when(new DefineAsset(TENANT, "SHARE", 6))
                .thenRejected(Kind.CONFLICT, "asset-exists", "/code")
                .and()
                .when(new DefineAsset(TENANT, "SHARE", 5))
                .thenRejected(Kind.CONFLICT, "asset-exists", "/code")
                .state();
        assertThat(state.assetScale(TENANT, "SHARE")).hasValue(6);
        assertThat(state.assetScale("", "SHARE")).isEmpty();
    }

    @Test
    void anotherShardLearnsAnAsset() {
        ledger.when(new LearnAsset(TENANT, "SHARE", 6))
                .thenEvent(new AssetDefined(TENANT, "SHARE", 6))
                .and()
                .when(new OpenAccount(TENANT, ALICE, "main", "SHARE", 0, 0, "", Optional.empty()))
                .thenEvent(new AccountOpened(TENANT, ALICE, "main", "SHARE", 0, 0, "", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"EUR,2", "JPY,0", "KWD,3", "CLF,4"})
    void currenciesHaveTheScaleOfTheStandard(String code, int scale) {
        assertThat(ledger.when(new DefineAsset("", code, scale + 1))
                        .thenRejected(Kind.CONFLICT, "asset-exists", "/code")
                        .state()
                        .assetScale("", code))
                .hasValue(scale);
        ledger.when(new DefineAsset("", code, scale))
                .thenAccepted(
                        List.of(new AssetDefined("", code, scale)),
                        List.of(0, 1, 2, 4).stream()
                                .map(shard -> new Message(shard, new LearnAsset("", code, scale)))
                                .toList());
    }

    @Test
    void allAssetsOfATenantAreDefinedOnOneShard() {
        assertThat(new DefineAsset(TENANT, "SHARE", 0).route()).isEqualTo(new DefineAsset(TENANT, "OIL", 3).route());
        assertThat(((Route.Creating) new DefineAsset(TENANT, "OIL", 3).route()).key())
                .isEqualTo("assets/acme-2");
    }

    @Test
    void aPartyIsRegisteredOnceAndChanged() {
        LedgerState state = ledger.when(new RegisterParty(TENANT, PARTY, "main", "Ada Byron", "ada@example.org"))
                .thenEvent(registered(TENANT))
                .and()
                .when(new RegisterParty(TENANT, PARTY, "main", "Ada Byron", "ada@example.org"))
                .thenRejected(Kind.CONFLICT, "party-exists", "/id")
                .and()
                .when(new ChangeParty("", PARTY, "Ada Lovelace", ""))
                .thenRejected(Kind.UNKNOWN, "party-unknown", "/id")
                .and()
                .when(new ChangeParty(TENANT, PARTY, "Ada Lovelace", ""))
                .thenEvent(new PartyChanged(TENANT, PARTY, "Ada Byron", "ada@example.org", "Ada Lovelace", "", 2))
                .state();
        assertThat(state.party(PARTY)).hasValue(new PartyView(TENANT, PARTY, "main", "Ada Lovelace", "", 2));
    }

    @Test
    void personalDataIsNoText() {
        List<Object> all = List.of(
                new RegisterParty(TENANT, PARTY, "main", "Ada", "ada@example.org"),
                new ChangeParty(TENANT, PARTY, "Ada", "ada@example.org"),
                registered(TENANT),
                new PartyChanged(TENANT, PARTY, "Ada", "ada@example.org", "Ada", "ada@example.org", 2),
                new PartyView(TENANT, PARTY, "main", "Ada", "ada@example.org", 1));
        assertThat(all)
                .allSatisfy(each -> assertThat(each.toString())
                        .doesNotContain("Ada", "ada@")
                        .contains(PARTY.toString()));
        assertThatThrownBy(() -> new ChangeParty(TENANT, PARTY, "", "ada@example.org"))
                .hasMessage("name has 0 characters, 1 to 140 wanted");
    }

    @Test
    void anAccountIsRenamed() {
        assertThat(ledger.given(opened(TENANT))
                        .when(new RenameAccount(TENANT, ALICE, "Holidays"))
                        .thenEvent(new AccountRenamed(TENANT, ALICE, "Savings", "Holidays", 2))
                        .and()
                        .when(new RenameAccount(TENANT, ALICE, ""))
                        .thenEvent(new AccountRenamed(TENANT, ALICE, "Holidays", "", 3))
                        .state()
                        .account(ALICE)
                        .orElseThrow()
                        .reference())
                .isEmpty();
    }

    @Test
    void anotherTenantsAccountIsUnknown() {
        ledger.given(opened(TENANT));
        for (LedgerCommand command : List.of(
                new RenameAccount("", ALICE, ""),
                new SetLimits("", ALICE, 0, 0),
                new FreezeAccount("", ALICE, ""),
                new UnfreezeAccount("", ALICE),
                new CloseAccount("", ALICE))) {
            ledger.when(command).thenRejected(Kind.UNKNOWN, "account-unknown", "/id");
        }
    }

    @Test
    void limitsHoldForWhatIsThere() {
        ledger.given(
                        new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                        opened(""),
                        new TransferPosted(T1, BANK, ALICE, "EUR", 50, "", -50, 2, 50, 2))
                .when(new SetLimits("", ALICE, 51, 100))
                .thenRejected(Kind.REFUSED, "limits-broken", "/minBalanceMinor")
                .and()
                .when(new SetLimits("", ALICE, 0, 49))
                .thenRejected(Kind.REFUSED, "limits-broken", "/maxBalanceMinor")
                .and()
                .when(new SetLimits("", ALICE, 50, 50))
                .thenEvent(new LimitsSet("", ALICE, 0, OpenAccount.UNLIMITED_MAX, 50, 50, 3))
                .and()
                .when(new PostTransfer(new UUID(1, 2), BANK, ALICE, 1, ""))
                .thenRejected(Kind.REFUSED, "limit-exceeded", "/amountMinor")
                .and()
                .when(new PostTransfer(new UUID(1, 2), ALICE, BANK, 1, ""))
                .thenRejected(Kind.REFUSED, "funds-insufficient", "/amountMinor")
                .and()
                .when(new SetLimits("", BANK, OpenAccount.UNLIMITED, -50))
                .thenEvent(new LimitsSet(
                        "", BANK, OpenAccount.UNLIMITED, OpenAccount.UNLIMITED_MAX, OpenAccount.UNLIMITED, -50, 3));
        assertThatThrownBy(() -> new SetLimits("", ALICE, 1, 0)).hasMessageContaining("above maxBalanceMinor 0");
    }

    @Test
    void aFrozenAccountNeitherGivesNorTakes() {
        ledger.given(new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED), opened(""))
                .when(new FreezeAccount("", ALICE, "asked by court"))
                .thenEvent(new AccountFrozen("", ALICE, "asked by court", 2))
                .and()
                .when(new FreezeAccount("", ALICE, ""))
                .thenRejected(Kind.REFUSED, "account-frozen", "/id")
                .and()
                .when(new PostTransfer(T1, BANK, ALICE, 1, ""))
                .thenRejected(Kind.REFUSED, "account-frozen", "/to")
                .and()
                .when(new PostTransfer(T1, ALICE, BANK, 1, ""))
                .thenRejected(Kind.REFUSED, "account-frozen", "/from")
                .and()
                .when(new CloseAccount("", ALICE))
                .thenRejected(Kind.REFUSED, "account-frozen", "/id")
                .and()
                .when(new RenameAccount("", ALICE, "frozen"))
                .thenEvent(new AccountRenamed("", ALICE, "Savings", "frozen", 3))
                .and()
                .when(new UnfreezeAccount("", ALICE))
                .thenEvent(new AccountUnfrozen("", ALICE, 4))
                .and()
                .when(new UnfreezeAccount("", ALICE))
                .thenRejected(Kind.REFUSED, "account-not-frozen", "/id")
                .and()
                .when(new PostTransfer(T1, BANK, ALICE, 1, ""))
                .thenEvent(new TransferPosted(T1, BANK, ALICE, "EUR", 1, "", -1, 2, 1, 5));
    }

    @Test
    void anAccountIsClosedEmptyAndForEver() {
        ledger.given(
                        new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                        opened(""),
                        new TransferPosted(T1, BANK, ALICE, "EUR", 1, "", -1, 2, 1, 2))
                .when(new CloseAccount("", ALICE))
                .thenRejected(Kind.REFUSED, "account-not-empty", "/id")
                .and()
                .given(new TransferPosted(new UUID(1, 2), ALICE, BANK, "EUR", 1, "", 0, 3, 0, 3))
                .when(new CloseAccount("", ALICE))
                .thenEvent(new AccountClosed("", ALICE, 4));
        for (LedgerCommand command : List.of(
                new RenameAccount("", ALICE, ""),
                new SetLimits("", ALICE, 0, 0),
                new FreezeAccount("", ALICE, ""),
                new UnfreezeAccount("", ALICE),
                new CloseAccount("", ALICE))) {
            ledger.when(command).thenRejected(Kind.REFUSED, "account-closed", "/id");
        }
        ledger.when(new PostTransfer(new UUID(1, 3), BANK, ALICE, 1, ""))
                .thenRejected(Kind.REFUSED, "account-closed", "/to")
                .and()
                .when(new OpenAccount(ALICE, "main", "EUR", 0))
                .thenRejected(Kind.CONFLICT, "account-exists", "/id");
    }

    @Test
    void tenantsDoNotMeet() {
        ledger.given(new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED), opened(TENANT))
                .when(new PostTransfer(T1, BANK, ALICE, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/to")
                .and()
                .when(new PostTransfer(TENANT, T1, BANK, ALICE, 1, ""))
                .thenRejected(Kind.UNKNOWN, "account-unknown", "/from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Acme", "a_b", "a/b", "ä", "a2345678901234567890123456789012345678901234567890123456789012345"})
    void aTenantIsLettersDigitsAndHyphens(String tenant) {
        assertThatThrownBy(() -> new PostTransfer(tenant, T1, BANK, ALICE, 1, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(tenant);
    }

    @Test
    void everyRefusalHasACodeOfItsOwn() {
        assertThat(LedgerRefusal.values())
                .extracting(LedgerRefusal::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)+"));
    }

    private static PartyRegistered registered(String tenant) {
        return new PartyRegistered(tenant, PARTY, "main", "Ada Byron", "ada@example.org");
    }

    private static AccountOpened opened(String tenant) {
        return new AccountOpened(
                tenant, ALICE, "main", "EUR", 0, OpenAccount.UNLIMITED_MAX, "Savings", Optional.empty());
    }
}
