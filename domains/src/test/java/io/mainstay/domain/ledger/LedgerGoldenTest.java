package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.testkit.DomainFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command, every event and the state, as they stand in logs and snapshots for ever. */
final class LedgerGoldenTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ACME = "acme";
    private static final UUID T1 = new UUID(1, 1);
    private static final UUID T2 = new UUID(1, 2);
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID ALICE = new UUID(0, 2);
    private static final UUID FAR = new UUID(0, 11);
    private static final UUID PARTY = new UUID(7, 1);
    private static final Leg DEBIT = new Leg(BANK, "EUR", -60);
    private static final FarLeg CREDIT = new FarLeg(300, new Leg(FAR, "EUR", 60));
    private static final List<Entry> ENTRIES = List.of(
            new Entry(BANK, "EUR", -60, -60, 60, -160, 0, 60, 300),
            new Entry(ALICE, "EUR", 60, 0, -60, Long.MAX_VALUE, 0, 0, 2));

    private static final List<LedgerCommand> COMMANDS = List.of(
            new OpenAccount(ALICE, "main", "EUR", -100),
            new OpenAccount(
                    ACME, ALICE, "main", "EUR", OpenAccount.UNLIMITED, 5000, "Gr\u00fc\u00dfe", Optional.of(PARTY)),
            new DefineAsset(ACME, "SHARE", 18),
            new LearnAsset(ACME, "SHARE", 18),
            new RegisterParty(ACME, PARTY, "main", "Ada", "ada@example.org"),
            new ChangeParty(ACME, PARTY, "Ada", ""),
            new RenameAccount(ACME, ALICE, "Savings"),
            new SetLimits(ACME, ALICE, -5, OpenAccount.UNLIMITED_MAX),
            new FreezeAccount(ACME, ALICE, "court"),
            new UnfreezeAccount(ACME, ALICE),
            new CloseAccount(ACME, ALICE),
            new PostTransfer(T1, BANK, ALICE, 60, "rent"),
            new PostTransfer(ACME, T1, BANK, ALICE, 60, "rent"),
            new ReserveTransfer(ACME, T1, BANK, ALICE, 60, "rent", 1_000_000),
            new ConfirmTransfer(ACME, T1, 25),
            new CancelTransfer(ACME, T1),
            new ReverseTransfer(ACME, T2, T1),
            new PostEntries(ACME, T1, List.of(DEBIT, new Leg(ALICE, 60)), "rent"),
            new TakeOut(ACME, T2, List.of(DEBIT), List.of(CREDIT), Optional.of(T1), "rent"),
            new PutIn(ACME, T1, List.of(CREDIT.leg())),
            new Settle(ACME, T1),
            new Return(ACME, T1),
            new HoldAmount(ACME, T1, DEBIT, CREDIT, "rent", 1_700_000_000_000_000L),
            new TakeHeld(ACME, T1, 25),
            new Expect(ACME, T1, CREDIT.leg()),
            new GiveExpected(ACME, T1, 25),
            new ReleaseExpected(ACME, T1));

    private static final List<LedgerEvent> EVENTS = List.of(
            new AccountOpened(ALICE, "main", "EUR", -100),
            new AccountOpened(
                    ACME, ALICE, "main", "EUR", OpenAccount.UNLIMITED, 5000, "Gr\u00fc\u00dfe", Optional.of(PARTY)),
            new AssetDefined(ACME, "SHARE", 18),
            new PartyRegistered(ACME, PARTY, "main", "Ada", "ada@example.org"),
            new PartyChanged(ACME, PARTY, "Ada", "ada@example.org", "Ada L", "", 2),
            new AccountRenamed(ACME, ALICE, "", "Savings", 2),
            new LimitsSet(ACME, ALICE, -5, OpenAccount.UNLIMITED_MAX, OpenAccount.UNLIMITED, 7, 300),
            new AccountFrozen(ACME, ALICE, "court", 2),
            new AccountUnfrozen(ACME, ALICE, 2),
            new AccountClosed(ACME, ALICE, 2),
            new TransferPosted(T1, BANK, ALICE, "EUR", 60, "rent", -60, 2, 60, 2),
            new TransferPosted(ACME, T1, BANK, ALICE, "EUR", 60, "rent", -60, 2, 60, 2),
            new TransferReserved(ACME, T1, BANK, ALICE, "EUR", 60, "rent", 1_700_000_000_000_000L, ENTRIES),
            new TransferConfirmed(ACME, T1, 25, ENTRIES),
            new TransferCancelled(ACME, T1, ENTRIES),
            new TransferExpired(ACME, T1, ENTRIES),
            new EntriesPosted(ACME, T2, Optional.of(T1), "rent", ENTRIES),
            new TakenOut(ACME, T2, List.of(CREDIT), Optional.of(T1), "rent", ENTRIES),
            new EntriesPutIn(ACME, T1, ENTRIES),
            new Settled(ACME, T1, TransferStage.POSTED, ENTRIES),
            new Returned(ACME, T1, TransferStage.CONFIRMING, ENTRIES),
            new AmountHeld(ACME, T1, DEBIT, CREDIT, "rent", 1_700_000_000_000_000L, ENTRIES),
            new HeldTaken(ACME, T1, 25, ENTRIES),
            new AmountExpected(ACME, T1, CREDIT.leg(), ENTRIES),
            new ExpectedGiven(ACME, T1, 25, ENTRIES),
            new ExpectedReleased(ACME, T1, ENTRIES));

    @Test
    void commandsAreWrittenAsEver() throws IOException {
        check(LedgerCodecs.COMMANDS, COMMANDS, "/golden/ledger-commands-2.txt");
        assertThat(COMMANDS.stream().map(Object::getClass))
                .as("every command has a line")
                .containsAll(leaves(LedgerCommand.class).toList());
    }

    @Test
    void eventsAreWrittenAsEver() throws IOException {
        check(LedgerCodecs.EVENTS, EVENTS, "/golden/ledger-events-2.txt");
        assertThat(EVENTS.stream().map(Object::getClass))
                .as("every event has a line")
                .containsAll(leaves(LedgerEvent.class).toList());
    }

    @Test
    void theStateIsWrittenAsEver() throws IOException {
        LedgerState state = DomainFixture.of(new LedgerDomain())
                .given(
                        new AssetDefined(ACME, "SHARE", 6),
                        new PartyRegistered(ACME, PARTY, "main", "Ada", "ada@example.org"),
                        new AccountOpened(BANK, "main", "EUR", OpenAccount.UNLIMITED),
                        new AccountOpened(ALICE, "main", "EUR", 0),
                        new AccountOpened(ACME, PARTY, "main", "SHARE", -7, 900, "Depot", Optional.of(PARTY)),
                        new AccountFrozen(ACME, PARTY, "", 2),
                        new TransferPosted(T1, BANK, ALICE, "EUR", 60, "", -60, 2, 60, 2),
                        new EntriesPosted(
                                "",
                                T2,
                                Optional.of(T1),
                                "",
                                List.of(
                                        new Entry(BANK, "EUR", 60, 0, 0, 0, 0, 0, 3),
                                        new Entry(ALICE, "EUR", -60, 0, 0, 0, 0, 0, 3))),
                        new EntriesPutIn("", new UUID(1, 3), List.of(new Entry(ALICE, "EUR", 500, 0, 0, 500, 0, 0, 4))),
                        new TakenOut(
                                "",
                                new UUID(1, 4),
                                List.of(CREDIT),
                                Optional.empty(),
                                "",
                                List.of(new Entry(ALICE, "EUR", -60, 0, 60, 440, 0, 60, 5))),
                        new Settled(
                                "",
                                new UUID(1, 4),
                                TransferStage.POSTED,
                                List.of(new Entry(ALICE, "EUR", 0, 0, -60, 440, 0, 0, 6))),
                        new TransferReserved(
                                "",
                                new UUID(1, 5),
                                ALICE,
                                BANK,
                                "EUR",
                                40,
                                "",
                                1_700_000_000_000_000L,
                                List.of(
                                        new Entry(ALICE, "EUR", 0, 40, 0, 440, 40, 0, 7),
                                        new Entry(BANK, "EUR", 0, 0, 40, 0, 0, 40, 4))))
                .at(0)
                .when(new CancelTransfer("", T2))
                .state();
        assertThat(text(chunks(state))).isEqualTo(golden("/golden/ledger-state-2.txt"));
        LedgerState restored = restore("/golden/ledger-state-2.txt");
        assertThat(chunks(restored)).isEqualTo(chunks(state));
        assertThat(restored.account(PARTY)).isEqualTo(state.account(PARTY));
        assertThat(restored.inFlightMinor("", "EUR")).isEqualTo(-440);
    }

    @Test
    void theStateOfVersionOneStaysReadable() throws IOException {
        LedgerState state = restore("/golden/ledger-state-1.txt");
        assertThat(state.account(BANK))
                .hasValue(new LedgerState.AccountView(BANK, "main", "EUR", OpenAccount.UNLIMITED, -60, 2));
        assertThat(state.account(ALICE)).hasValue(new LedgerState.AccountView(ALICE, "main", "EUR", 0, 60, 2));
        assertThat(state.knowsTransfer(T1)).isTrue();
        assertThat(new LedgerDomain().upcasters())
                .extracting(upcaster -> upcaster.from())
                .containsExactly(1);
    }

    private static <T> void check(Codec<T> codec, List<T> values, String file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (T value : values) {
            WireWriter out = new WireWriter(64);
            codec.encode(value, out);
            lines.add(value.getClass().getSimpleName() + " " + HEX.formatHex(out.toByteArray()));
            WireReader in = new WireReader(out.toByteArray());
            assertThat(codec.decode(in)).isEqualTo(value);
            assertThat(in.remaining()).isZero();
        }
        assertThat(text(lines)).isEqualTo(golden(file));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(LedgerGoldenTest::leaves);
    }

    private static List<String> chunks(LedgerState state) {
        List<String> chunks = new ArrayList<>();
        WireWriter out = new WireWriter(64);
        LedgerStateCodec.INSTANCE.encode(state, out, () -> {
            chunks.add(HEX.formatHex(out.toByteArray()));
            out.clear();
        });
        return chunks;
    }

    private static LedgerState restore(String file) throws IOException {
        LedgerState state = new LedgerState();
        golden(file).lines().forEach(chunk -> {
            LedgerStateCodec.INSTANCE.decode(state, new WireReader(HEX.parseHex(chunk)));
            assertThat(LedgerStateCodec.INSTANCE.rows(new WireReader(HEX.parseHex(chunk))))
                    .isNotEmpty();
        });
        return state;
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String golden(String name) throws IOException {
        try (InputStream golden = LedgerGoldenTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(golden, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
