package io.mainstay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.snapshot.SnapshotChunk;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.wire.Codec;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A snapshot of two accounts, two transfers, four keys and a command without an outcome, in all forms there were. */
final class SnapshotFormatsTest {
    private static final UUID ANNA = new UUID(0xA, 1);
    private static final UUID BERT = new UUID(0xB, 2);
    /** The golden files of formats 1 and 2 hold a tail that the first version of the ledger wrote. */
    private static final Set<String> FIRST_LEDGER = Set.of("ledger@1");

    private static final SnapshotId ID = new SnapshotId(8, 4);

    private final InMemorySnapshots snapshots = new InMemorySnapshots();
    private Domains domains = new Domains(List.of(new LedgerDomain()));

    @Test
    void aSnapshotOfFormatOneStaysReadable() throws IOException {
        put(golden("shard-snapshot-1.hex"));
        assertRestored();
    }

    @Test
    void aSnapshotOfFormatTwoIsWrittenAsEver() throws IOException {
        put(golden("shard-snapshot-1.hex"));
        assertThat(hex(rewrite("binary"))).isEqualTo(hex(golden("shard-snapshot-2-ledger-2.hex")));
        assertRestored();
        put(golden("shard-snapshot-2.hex"));
        assertRestored();
    }

    @Test
    void aSnapshotInJsonIsWrittenAndReadAsEver() throws IOException {
        put(golden("shard-snapshot-2.hex"));
        assertThat(text(rewrite("json"))).isEqualTo(text(golden("shard-snapshot-3-json-ledger-2.hex")));
        assertRestored();
        assertThat(hex(rewrite("binary"))).isEqualTo(hex(golden("shard-snapshot-2-ledger-2.hex")));
        put(golden("shard-snapshot-3-json.hex"));
        assertRestored();
    }

    @Test
    void peopleCanReadJson() throws IOException {
        put(golden("shard-snapshot-2.hex"));
        assertThat(text(rewrite("json")))
                .anySatisfy(chunk -> assertThat(chunk)
                        .contains("{\"section\":\"pending\",\"rows\":[{\"type\":\"PendingCommand\",\"offset\":4,")
                        .contains("\"amountMinor\":50,\"reference\":\"zurück\""))
                .anySatisfy(chunk -> assertThat(chunk)
                        .contains("{\"section\":\"keys\",")
                        .contains("\"type\":\"TransferPosted\"")
                        .contains("\"code\":\"funds-insufficient\""))
                .anySatisfy(chunk ->
                        assertThat(chunk).contains("{\"section\":\"ledger\",\"rows\":[{\"type\":\"AccountView\","));
    }

    @Test
    void aCodecOfADomainWritesAndReads() throws IOException {
        domains = new Domains(List.of(new LedgerWithCodec()));
        put(golden("shard-snapshot-2.hex"));
        assertThat(rewrite("backwards").get(1)).endsWith((byte) 2);
        assertRestored();
    }

    @Test
    void aCodecThatIsNotInstalledIsNamed() throws IOException {
        put(golden("shard-snapshot-2.hex"));
        assertThatThrownBy(() -> rewrite("yaml"))
                .isInstanceOf(EngineException.class)
                .hasMessage("snapshot codec yaml is not installed, only binary and [json]");
        domains = new Domains(List.of(new LedgerWithCodec()));
        rewrite("backwards");
        domains = new Domains(List.of(new LedgerDomain()));
        assertThatThrownBy(this::assertRestored)
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refused -> assertThat(refused.severity()).isEqualTo(EngineException.Severity.FATAL))
                .hasMessage("snapshot codec backwards is not installed, only binary and [json]");
    }

    private void assertRestored() {
        ReplayedShard shard =
                ReplayedShard.from(0, ShardConfig.DEFAULT.withTailsAllowed(FIRST_LEDGER), domains, snapshots, ID);
        assertThat(shard.executedBefore()).isEqualTo(4);
        shard.decideTail();
        assertThat(shard.executedBefore()).isEqualTo(5);
        LedgerState ledger = shard.state().of(LedgerState.class);
        assertThat(ledger.account(ANNA)).hasValueSatisfying(anna -> {
            assertThat(anna.balanceMinor()).isEqualTo(-200);
            assertThat(anna.ledger()).isEqualTo("Züri");
        });
        assertThat(ledger.account(BERT))
                .hasValueSatisfying(bert -> assertThat(bert.balanceMinor()).isEqualTo(200));
    }

    /** Reads the snapshot and writes it again in that codec. */
    private List<byte[]> rewrite(String codec) {
        ShardConfig config = ShardConfig.DEFAULT.with(new ShardConfig.Formats(PayloadEncoding.PLAIN, codec));
        ShardReplica.build(0, config, domains, snapshots, NOTHING_MORE).save(snapshots);
        List<byte[]> chunks = new ArrayList<>();
        snapshots.read(ID, chunks::add);
        return chunks;
    }

    private void put(List<byte[]> chunks) {
        snapshots.write(ID, sink -> chunks.forEach(chunk -> sink.chunk(chunk, chunk.length)));
    }

    /** A chunk a line. */
    private static List<byte[]> golden(String name) throws IOException {
        try (InputStream golden = SnapshotFormatsTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        }
    }

    private static List<String> hex(List<byte[]> chunks) {
        return chunks.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static List<String> text(List<byte[]> chunks) {
        return chunks.stream()
                .map(chunk -> new String(chunk, StandardCharsets.UTF_8))
                .toList();
    }

    private static final RetainedLog NOTHING_MORE = new RetainedLog() {
        @Override
        public void read(Consumer<byte[]> frames) {}

        @Override
        public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
            return 0;
        }
    };

    /** Writes chunks from their last byte to their first. */
    private static final class Backwards implements SnapshotCodec {
        @Override
        public String name() {
            return "backwards";
        }

        @Override
        public byte[] write(SnapshotChunk chunk) {
            return read(chunk.bytes());
        }

        @Override
        public byte[] read(byte[] stored) {
            byte[] turned = new byte[stored.length];
            for (int index = 0; index < stored.length; index++) {
                turned[index] = stored[stored.length - 1 - index];
            }
            return turned;
        }
    }

    /** The ledger, with a codec for snapshots of its own. */
    private static final class LedgerWithCodec implements Domain<LedgerState, LedgerCommand, LedgerEvent> {
        private final LedgerDomain ledger = new LedgerDomain();

        @Override
        public List<SnapshotCodec> snapshotCodecs() {
            return List.of(new Backwards());
        }

        @Override
        public String name() {
            return ledger.name();
        }

        @Override
        public int id() {
            return ledger.id();
        }

        @Override
        public int schemaVersion() {
            return ledger.schemaVersion();
        }

        @Override
        public List<Upcaster> upcasters() {
            return ledger.upcasters();
        }

        @Override
        public Class<LedgerCommand> commandType() {
            return ledger.commandType();
        }

        @Override
        public StateMachine<LedgerState, LedgerCommand, LedgerEvent> stateMachine() {
            return ledger.stateMachine();
        }

        @Override
        public Codec<LedgerCommand> commands() {
            return ledger.commands();
        }

        @Override
        public Codec<LedgerEvent> events() {
            return ledger.events();
        }

        @Override
        public StateCodec<LedgerState> states() {
            return ledger.states();
        }
    }
}
