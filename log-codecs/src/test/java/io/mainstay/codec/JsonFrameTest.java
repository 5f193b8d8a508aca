package io.mainstay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPayload;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class JsonFrameTest {
    private static final PayloadEncoding JSON = PayloadEncoding.of("json", "none", 1);
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final UUID ANNA = new UUID(0xA, 1);
    private static final UUID BERT = new UUID(0xB, 2);
    private static final OpenAccount OPEN = new OpenAccount(ANNA, "Züri \"1\"\n", "EUR", OpenAccount.UNLIMITED);
    private static final PostTransfer TRANSFER = new PostTransfer(new UUID(7, 7), ANNA, BERT, 1L << 60, "Miete");
    private static final List<LoggedOutcome> OUTCOMES = List.of(
            new LoggedOutcome.Accepted(
                    1, List.of(event(new AccountOpened(ANNA, "Züri", "EUR", 0))), List.of(), List.of()),
            new LoggedOutcome.Accepted(
                    Long.MAX_VALUE,
                    List.of(event(new TransferPosted(
                            new UUID(7, 7), ANNA, BERT, "EUR", 5, "", -5, 2, (1L << 53) - 1, 1L << 53))),
                    List.of(new SentMessage(2, 1, bytes(TRANSFER))),
                    List.of(new Skipped("/steps/1", new Rejection(Rejection.Kind.UNKNOWN, "gone", "Weg.", "/id")))),
            new LoggedOutcome.Rejected(
                    7, new Rejection(Rejection.Kind.REFUSED, "funds-insufficient", "Zu wenig: 5 €", "/amountMinor")),
            new LoggedOutcome.Repeated(40),
            new LoggedOutcome.KeyReused(41),
            new LoggedOutcome.Recorded());
    private static final ExecutedBatch EXECUTED = new ExecutedBatch(994, 1_699_999_999_000_000L, OUTCOMES);
    private static final CommandGroup GROUP = new CommandGroup(
            List.of(new CommandGroup.Do(OPEN), new CommandGroup.Attempt(List.of(new CommandGroup.Do(TRANSFER)))));
    private static final List<LogEntry> ENTRIES = List.of(
            new LoggedCommand(new UUID(1, 2), 1, bytes(OPEN)),
            new LoggedCommand(new UUID(3, 4), 1, 77, bytes(TRANSFER)),
            new LoggedCommand(new UUID(5, 6), CommandGroup.DOMAIN_ID, bytes(GROUP)),
            new ReceivedMessage(2, 1L << 60, 1, bytes(TRANSFER)),
            new Acknowledgement(1, 5));

    @Test
    void readsTheVeryBytesThatWereWritten() {
        assertSame(LogFrame.parse(Frames.write(JSON, EXECUTED, ENTRIES)));
    }

    @Test
    void readsCommandsThatSpanShardsAndTheTime() {
        Homes homes = new Homes(List.of(new Homes.Home(new UUID(5, 6), 3)));
        List<LogEntry> entries =
                List.of(new LoggedCommand(new UUID(1, 2), 1, bytes(TRANSFER)).with(homes), new TimePassed(1));
        byte[] bytes = Frames.write(JSON, EXECUTED, entries);
        assertThat(LogFrame.parse(bytes).entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(entries);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .contains("\"homes\":[{\"aggregate\":\"00000000-0000-0005-0000-000000000006\",\"shard\":3}]")
                .contains("\"kind\":\"time\",\"domain\":1");
    }

    @Test
    void readsJsonThatIsCompressed() {
        byte[] bytes = Frames.write(PayloadEncoding.of("json", "zstd", 3), EXECUTED, ENTRIES);
        assertThat(bytes.length).isLessThan(Frames.write(JSON, EXECUTED, ENTRIES).length / 2);
        assertSame(LogFrame.parse(bytes));
    }

    @Test
    void aFrameInJsonIsWrittenAndReadAsEver() throws IOException {
        assertSame(LogFrame.parse(Frames.golden("log-frame-2-json.hex")));
        byte[] golden = Frames.golden("log-frame-2-json-ledger-2.hex");
        assertSame(LogFrame.parse(golden));
        assertThat(new String(Frames.write(JSON, EXECUTED, ENTRIES), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    }

    @Test
    void peopleCanReadIt() {
        String text = new String(Frames.write(JSON, EXECUTED, ENTRIES), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("{\"offset\":1001,\"kind\":\"command\",\"key\":\"00000000-0000-0003-0000-000000000004\","
                        + "\"expectedVersion\":77,\"domain\":1,\"command\":{\"type\":\"PostTransfer\",\"tenant\":\"\","
                        + "\"id\":\"00000000-0000-0007-0000-000000000007\","
                        + "\"from\":\"00000000-0000-000a-0000-000000000001\","
                        + "\"to\":\"00000000-0000-000b-0000-000000000002\","
                        + "\"amountMinor\":\"1152921504606846976\",\"reference\":\"Miete\"}")
                .contains("\"toBalanceMinor\":9007199254740991,\"toVersion\":\"9007199254740992\"")
                .contains("\"steps\":[{\"type\":\"Do\",\"command\":{\"type\":\"OpenAccount\"");
    }

    @Test
    void aDomainThatIsNotInstalledStaysInBytes() {
        LogPayload payload =
                new LogPayload(List.of(), List.of(new LoggedCommand(new UUID(1, 2), 200, new byte[] {1, 2})));
        JsonLog json = new JsonLog(DOMAINS);
        FrameHeader header = new FrameHeader(0, 1, 0, 0, 1, 0, 0, new TreeMap<>(Map.of(200, 1)), new byte[32]);
        assertThat(json.read(header, json.write(header, payload)).entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(payload.entries());
    }

    @Test
    void whatIsNoJsonIsRefused() {
        FrameHeader header = new FrameHeader(0, 1, 9, 0, 1, 0, 0, new TreeMap<>(Map.of(1, 1)), new byte[32]);
        for (String text : List.of("[]", "{}", "{\"kind\":\"?\"}", "{\"kind\":\"executed\",\"count\":1}")) {
            assertThatThrownBy(() -> new JsonLog(DOMAINS).read(header, text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("log frame 9 is not the JSON that is wanted");
        }
    }

    private static void assertSame(LogFrame frame) {
        assertThat(frame.header().serializer()).isEqualTo(1);
        assertThat(frame.executed())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(EXECUTED);
        assertThat(frame.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(ENTRIES);
        assertThat(((LoggedCommand) frame.entries().get(1)).requestHash())
                .isEqualTo(((LoggedCommand) ENTRIES.get(1)).requestHash());
    }

    private static byte[] bytes(Command command) {
        WireWriter out = new WireWriter(64);
        DOMAINS.encode(command, out);
        return out.toByteArray();
    }

    private static LoggedEvent event(Event event) {
        WireWriter out = new WireWriter(64);
        new LedgerDomain().events().encode((LedgerEvent) event, out);
        return new LoggedEvent(1, out.toByteArray());
    }
}
