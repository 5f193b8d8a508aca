package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.shard.TallyDomain.Count;
import io.mainstay.core.shard.TallyDomain.Counted;
import io.mainstay.core.shard.TallyDomain.Tally;
import io.mainstay.core.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Logs and snapshots of older versions of a domain. */
final class EvolutionTest {
    private static final List<Upcaster> BOTH = List.of(TallyDomain.FROM_1, TallyDomain.FROM_2);

    private final List<Submission> sent = new ArrayList<>();
    private final TestShard shard = new TestShard(
            0, TestShard.CONFIG.withTailsAllowed(Set.of("tally@1", "tally@2")), (receiver, submission) -> {
                sent.add(submission);
                return true;
            });

    @Test
    void aLogOfThreeVersionsReplaysToTheStateOfTheLast() {
        writeThreeVersions();
        assertThat(tally()).isEqualTo(Map.of("piece", 305L, "kg", 750L));
    }

    @Test
    void aSnapshotOfEachVersionIsReadByTheLast() {
        install(1);
        shard.decide(1, piece(3));
        shard.takeSnapshot();
        install(2, TallyDomain.FROM_1);
        shard.decide(2, new Count(0, 700, "kg"));
        assertThat(shard.recovery().snapshot()).isPresent();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        shard.decide(3, new Count(0, 5, "piece"));
        shard.takeSnapshot();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        assertThat(tally()).isEqualTo(Map.of("piece", 305L, "kg", 700L));
    }

    @Test
    void aVersionThatNoUpcasterReachesIsRefusedInTheLog() {
        install(1);
        shard.decide(1, piece(3));
        assertThatThrownBy(() -> install(3, TallyDomain.FROM_2))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(
                        "domain tally finds version 1 and is version 3, with upcasters from versions [2]");
        assertThatThrownBy(() -> install(3, TallyDomain.FROM_1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(
                        "domain tally finds version 1 and is version 3, with upcasters from versions [1]");
    }

    @Test
    void aVersionThatNoUpcasterReachesIsRefusedInASnapshot() {
        install(1);
        shard.decide(1, piece(3));
        shard.takeSnapshot();
        shard.log.retained().truncate(Long.MAX_VALUE, frame -> {}, () -> {});
        assertThatThrownBy(() -> install(2))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refused -> assertThat(refused.severity()).isEqualTo(EngineException.Severity.FATAL))
                .hasMessageContaining("domain tally finds version 1 and is version 2");
    }

    @Test
    void aLaterVersionIsRefused() {
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        shard.decide(1, piece(3));
        assertThatThrownBy(() -> install(2, TallyDomain.FROM_1))
                .hasMessageContaining("domain tally finds version 3 and is version 2");
    }

    @Test
    void anUpcasterThatFailsNamesItself() {
        install(1);
        shard.decide(1, piece(3));
        Upcaster leavesSome = Upcaster.from(1).withEvents((in, out) -> out.writeInt(in.readInt()));
        assertThatThrownBy(() -> install(2, leavesSome))
                .hasMessageContaining("domain tally leaves 4 bytes behind of what version 1 has written");
        Upcaster wantsMore = Upcaster.from(1).withEvents((in, out) -> in.readRaw(9));
        assertThatThrownBy(() -> install(2, wantsMore))
                .hasMessageContaining("domain tally cannot take what version 1 has written to version 2");
    }

    @Test
    void aTailIsDecidedInTheNewVersionWhereItIsAllowed() {
        install(1);
        shard.log.holdAppends();
        shard.submit(1, piece(3));
        shard.submit(
                2,
                new CommandGroup(List.of(
                        new CommandGroup.Do(piece(4)),
                        new CommandGroup.Attempt(List.of(new CommandGroup.Do(piece(5)))))));
        shard.settle();
        shard.log.syncNext();
        shard.log.crash();
        shard.log.syncAtOnce();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        assertThat(shard.recovery().decidedAgain()).isEqualTo(2);
        assertThat(tally()).isEqualTo(Map.of("piece", 1200L));
    }

    @Test
    void aRepeatedCommandIsKnownAgainAfterAnUpgrade() {
        install(1);
        shard.decide(1, piece(3));
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        assertRepeated();
    }

    @Test
    void aReusedKeyIsToldWhereCommandsAreWrittenAsBefore() {
        install(1);
        shard.decide(1, piece(3));
        install(2, Upcaster.from(1).withEvents((in, out) -> {
            out.writeLong(in.readLong());
            out.writeText(TallyDomain.PIECE);
        }));
        assertThat(shard.decide(1, new Count(0, 400, TallyDomain.PIECE))).isInstanceOf(Outcome.KeyReused.class);
    }

    @Test
    void replayOfTheLogAndOfASnapshotGiveTheSameStateAfterAnUpgrade() {
        install(1);
        shard.decide(1, piece(3));
        shard.log.holdAppends();
        shard.submit(2, piece(4));
        shard.settle();
        shard.log.syncNext();
        SnapshotId taken = shard.takeSnapshot();
        shard.log.crash();
        shard.log.syncAtOnce();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        shard.decide(3, piece(5));
        Domains domains = new Domains(List.of(new TallyDomain(3, BOTH)));
        ReplayedShard fromLog = ReplayedShard.empty(0, TestShard.CONFIG, domains);
        ReplayedShard fromSnapshot = ReplayedShard.from(0, TestShard.CONFIG, domains, shard.snapshots, taken);
        shard.log.retained().read(bytes -> {
            LogFrame frame = LogFrame.parse(bytes);
            fromLog.read(frame);
            fromSnapshot.read(frame);
        });
        assertThat(fromSnapshot.executedBefore())
                .isEqualTo(fromLog.executedBefore())
                .isEqualTo(3);
        assertThat(fromSnapshot.stateHash())
                .isEqualTo(fromLog.stateHash())
                .isEqualTo(shard.state().hash());
    }

    @Test
    void aRepeatedCommandIsKnownAgainFromASnapshotOfAnOlderVersion() {
        install(1);
        shard.decide(1, piece(3));
        shard.takeSnapshot();
        shard.log.retained().truncate(Long.MAX_VALUE, frame -> {}, () -> {});
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        assertRepeated();
        shard.takeSnapshot();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        assertRepeated();
    }

    @Test
    void messagesThatWaitInASnapshotAreSentInTheNewVersion() {
        install(1);
        shard.decide(1, new Count(2, 300, "piece"));
        shard.takeSnapshot();
        shard.log.retained().truncate(Long.MAX_VALUE, frame -> {}, () -> {});
        sent.clear();
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        shard.settle();
        assertThat(sent).singleElement().isInstanceOfSatisfying(Submission.MessageSubmission.class, message -> {
            Domains domains = new Domains(List.of(new TallyDomain(3, BOTH)));
            assertThat(domains.decode(8, message.logged().bytes())).isEqualTo(new Count(2, 300, "piece"));
        });
    }

    @Test
    void anUpcasterTooManyIsRefused() {
        assertThatThrownBy(() -> new Domains(List.of(new TallyDomain(2, BOTH))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("domain tally of version 2 has an upcaster too many from version 2");
        assertThatThrownBy(() ->
                        new Domains(List.of(new TallyDomain(3, List.of(TallyDomain.FROM_1, TallyDomain.FROM_1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("domain tally of version 3 has an upcaster too many from version 1");
    }

    private void writeThreeVersions() {
        install(1);
        shard.decide(1, piece(3));
        install(2, TallyDomain.FROM_1);
        shard.decide(2, new Count(0, 700, "kg"));
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
        shard.decide(3, new Count(0, 5, "piece"));
        shard.decide(4, new Count(0, 50, "kg"));
        install(3, TallyDomain.FROM_1, TallyDomain.FROM_2);
    }

    private void assertRepeated() {
        assertThat(shard.decide(1, piece(3))).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.repeated()).isTrue();
            assertThat(accepted.events()).isEqualTo(List.of(new Counted(300, "piece")));
        });
    }

    private static Count piece(int whole) {
        return new Count(0, whole * 100L, TallyDomain.PIECE);
    }

    private void install(int version, Upcaster... upcasters) {
        shard.install(new TallyDomain(version, List.of(upcasters)));
        shard.restart();
        shard.settle();
    }

    private Map<String, Long> tally() {
        Map<String, Long> tally = new HashMap<>();
        shard.mailbox.add(new Submission.ReadSubmission(
                (state, nextOffset) -> tally.putAll(state.of(Tally.class).hundredths), e -> {}));
        shard.settle();
        return tally;
    }
}
