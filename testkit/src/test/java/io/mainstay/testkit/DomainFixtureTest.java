package io.mainstay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.testkit.TallyCommand.Count;
import io.mainstay.testkit.TallyCommand.CountAll;
import io.mainstay.testkit.TallyCommand.Move;
import io.mainstay.testkit.TallyCommand.Uncount;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DomainFixtureTest {
    private static final UUID SUBJECT = new UUID(7, 7);
    private static final long SOON = DomainFixture.NOW_MICROS + 5;

    private static DomainFixture<TallyState, TallyCommand, TallyEvent> of(Tally tally) {
        return DomainFixture.of(tally);
    }

    private static TallyEvent counted(String item, long amount) {
        return new TallyEvent(item, amount, 0);
    }

    @Nested
    class LetsARightDomainPass {
        @Test
        void decidesAndApplies() {
            assertThat(of(new Tally())
                            .given(counted("a", 1), counted("b", 2))
                            .when(new Count("a", 3, 0))
                            .thenEvent(counted("a", 3))
                            .and()
                            .when(new CountAll(Set.of("x", "y", "z")))
                            .thenEvents(counted("x", 1), counted("y", 1), counted("z", 1))
                            .state()
                            .counts)
                    .containsEntry("a", 4L)
                    .containsEntry("z", 1L);
        }

        @Test
        void refuses() {
            of(new Tally())
                    .when(new Uncount("a"))
                    .thenRejected("none-left")
                    .thenRejected(Kind.REFUSED, "none-left", "");
        }

        @Test
        void letsTimePass() {
            of(new Tally())
                    .when(new Count("a", 1, SOON))
                    .thenEvent(new TallyEvent("a", 1, SOON))
                    .thenDue(SOON)
                    .and()
                    .whenTimePasses(SOON - 1)
                    .thenNothing()
                    .and()
                    .whenTimePasses(SOON)
                    .thenEvent(new TallyEvent("a", -1, SOON))
                    .thenDue(StateMachine.NEVER)
                    .and()
                    .when(new Count("a", 1, SOON))
                    .thenRejected("too-late");
        }

        @Test
        void beginsSagas() {
            of(new Tally())
                    .given(counted("a", 1))
                    .knowing(Tally.idOf("b"), 8)
                    .when(new Move(SUBJECT, "a", "b"))
                    .thenBegins(new Saga(
                            SUBJECT,
                            List.of(
                                    Saga.Step.compensable(
                                            DomainFixture.SHARD,
                                            new Uncount("a"),
                                            Optional.empty(),
                                            new Count("a", 1, 0)),
                                    Saga.Step.pivot(8, new Count("b", 1, 0))),
                            Saga.TIMEOUT_MICROS_DEFAULT));
        }

        @Test
        void readsWhatOlderVersionsWrote() {
            WireWriter out = new WireWriter(16);
            out.writeText("old");
            out.writeLong(5);
            assertThat(of(new Tally()).givenWrittenBy(1, out.toByteArray()).state().counts)
                    .containsEntry("old", 5L);
        }
    }

    @Nested
    class SaysWhatWasDecidedInstead {
        @Test
        void ofAnEvent() {
            assertThatThrownBy(() -> of(new Tally()).when(new Count("a", 1, 0)).thenEvent(counted("a", 2)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("amount=1")
                    .hasMessageContaining("expected")
                    .hasMessageContaining("amount=2");
        }

        @Test
        void ofARefusal() {
            assertThatThrownBy(() -> of(new Tally()).when(new Count("a", 1, 0)).thenRejected("none-left"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected a rejection");
            assertThatThrownBy(() -> of(new Tally()).when(new Uncount("a")).thenRejected("other"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("none-left")
                    .hasMessageContaining("other");
            assertThatThrownBy(() ->
                            of(new Tally()).when(new Uncount("a")).thenRejected(Kind.REFUSED, "none-left", "/item"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("/item");
        }

        @Test
        void ofADeadline() {
            assertThatThrownBy(
                            () -> of(new Tally()).when(new Count("a", 1, SOON)).thenDue(SOON + 1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("due at " + SOON);
            assertThatThrownBy(() -> of(new Tally())
                            .given(new TallyEvent("a", 1, SOON))
                            .whenTimePasses(SOON)
                            .thenNothing())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected nothing");
        }
    }

    /** Each by a domain that is broken in this way. */
    @Nested
    class Finds {
        @Test
        void clocks() {
            finds("Instant.now()", () -> of(new BrokenTallies.ReadsTheClock()));
            finds("System.nanoTime()", () -> of(new BrokenTallies.RefersToTheClock()));
        }

        @Test
        void chanceInAClassBehind() {
            finds("java.util.Random", () -> of(new BrokenTallies.DrawsByAnother()));
        }

        @Test
        void whatNoBytecodeTells() {
            finds(
                    "the same state a second time",
                    () -> of(new BrokenTallies.DecidesOtherwiseTheSecondTime()).when(new Count("a", 1, 0)));
            finds(
                    "a replay of the events, after TallyEvent",
                    () -> of(new BrokenTallies.AppliesOtherwiseTheSecondTime()).given(counted("a", 1)));
        }

        @Test
        void decidingAndTouchingThatChangeTheState() {
            finds(
                    "deciding Count[item=a, amount=1, untilMicros=0] has changed the state",
                    () -> of(new BrokenTallies.DecidingChangesTheState()).when(new Count("a", 1, 0)));
            finds(
                    "touching",
                    () -> of(new BrokenTallies.TouchingChangesTheState()).when(new Count("a", 1, 0)));
        }

        @Test
        void hashMapsAndHashSetsThatAreIterated() {
            finds(
                    "iterated the other way round as",
                    () -> of(new BrokenTallies.DecidesInOrderOfAHashMap())
                            .given(counted("a", 1), counted("b", 1))
                            .when(new Count("c", 1, 0)));
            finds(
                    "iterated the other way round, after",
                    () -> of(new BrokenTallies.WritesSnapshotsInOrderOfAHashMap())
                            .given(counted("a", 1), counted("b", 1))
                            .when(new Count("c", 1, 0)));
            finds(
                    "iterated the other way round, after",
                    () -> of(new BrokenTallies.AppliesInOrderOfAHashSet())
                            .given(counted("a", 1), counted("bb", 1))
                            .when(new Count("a", 1, 0)));
        }

        @Test
        void whatDiffersBetweenVirtualMachines() {
            finds(
                    "another virtual machine",
                    () -> of(new BrokenTallies.DecidesInOrderOfSetOf()).when(new Count("a", 1, 0)));
            finds(
                    "another virtual machine",
                    () -> of(new BrokenTallies.DecidesByIdentity()).when(new Count("a", 1, 0)));
            finds(
                    "another virtual machine",
                    () -> of(new BrokenTallies.DecidesByLanguage()).when(new Count("a", 1, 0)));
        }

        @Test
        void codecsThatReadTooLittleOrTooMuch() {
            finds(
                    "the codec leaves 4 of 22 bytes behind of TallyEvent",
                    () -> of(new BrokenTallies.LeavesBytesBehind()).given(counted("a", 1)));
            finds(
                    "the codec reads 1 bytes beyond the end of TallyEvent",
                    () -> of(new BrokenTallies.ReadsBeyondTheEnd()).given(counted("a", 1)));
            finds(
                    "the codec reads back another value",
                    () -> of(new BrokenTallies.LosesAField()).when(new CountAll(Set.of("a"))));
        }

        @Test
        void equalCommandsWithDifferentBytes() {
            DomainFixture<TallyState, TallyCommand, TallyEvent> tally =
                    of(new BrokenTallies.WritesEqualCommandsOtherwise());
            tally.when(new CountAll(new LinkedHashSet<>(List.of("a", "b"))));
            finds("has other bytes", () -> tally.when(new CountAll(new LinkedHashSet<>(List.of("b", "a")))));
            finds(
                    "has other bytes",
                    () -> of(new BrokenTallies.WritesReadCommandsOtherwise())
                            .when(new CountAll(new LinkedHashSet<>(List.of("b", "a")))));
        }

        @Test
        void snapshotsThatForget() {
            finds(
                    "a state restored from a snapshot as",
                    () -> of(new BrokenTallies.SnapshotForgets())
                            .given(counted("a", 1))
                            .when(new Count("a", 1, 0)));
            finds(
                    "its aggregates are",
                    () -> of(new BrokenTallies.SnapshotForgetsVersions())
                            .given(counted("a", 1))
                            .when(new Count("a", 1, 0)));
        }

        @Test
        void snapshotsThatAreNotWholeChunks() {
            finds(
                    "are lost: chunkEnd is not called",
                    () -> of(new BrokenTallies.SnapshotLosesItsEnd()).given(counted("a", 1)));
            finds("at most 2097152 wanted", () -> of(new BrokenTallies.SnapshotInOnePiece()));
            finds(
                    "reading chunk 0 of the snapshot leaves",
                    () -> of(new BrokenTallies.SnapshotIsReadInPart())
                            .given(counted("a", 1))
                            .when(new Count("a", 1, 0)));
            finds(
                    "snapshot codec short does not give back chunk 0",
                    () -> of(new BrokenTallies.SnapshotCodecLosesBytes())
                            .given(counted("a", 1))
                            .when(new Count("a", 1, 0)));
        }

        @Test
        void undoingThatLeavesSomething() {
            finds(
                    "applying and undoing TallyEvent",
                    () -> of(new BrokenTallies.UndoesTooLittle()).given(counted("a", 1)));
        }

        @Test
        void aggregatesWithoutAVersion() {
            finds(
                    "aggregates does not name it",
                    () -> of(new BrokenTallies.KeepsAggregatesToItself()).given(counted("a", 1)));
            finds(
                    "has version 0 after TallyEvent",
                    () -> of(new BrokenTallies.CountsNoVersions()).given(counted("a", 1)));
        }

        @Test
        void wrongTenants() {
            finds(
                    "is of tenant \"another\"",
                    () -> of(new BrokenTallies.GivesAggregatesToAnotherTenant()).when(new Count("a", 1, 0)));
            finds(
                    "its aggregates are",
                    () -> of(new BrokenTallies.GivesAggregatesToTenantsByChance())
                            .given(counted("a", 1)));
        }

        @Test
        void deadlinesThatNeverPass() {
            TallyEvent waiting = new TallyEvent("a", 1, SOON);
            finds(
                    "elapse changes nothing",
                    () -> of(new BrokenTallies.IsDueForEver()).given(waiting).whenTimePasses(SOON));
            finds(
                    "times elapse",
                    () -> of(new BrokenTallies.ElapsesWithoutEnd())
                            .given(waiting)
                            .whenTimePasses(SOON));
        }

        @Test
        void deadlinesByChance() {
            finds(
                    "elapse was decided as",
                    () -> of(new BrokenTallies.ElapsesByChance())
                            .given(new TallyEvent("a", 1, SOON))
                            .whenTimePasses(SOON));
            finds("dueMicros", () -> of(new BrokenTallies.IsDueByChance()).when(new Count("a", 1, 0)));
        }

        @Test
        void sagasThatCannotBeUndone() {
            finds(
                    "revert is missing",
                    () -> of(new BrokenTallies.CannotUndo())
                            .given(counted("a", 1))
                            .when(new Move(SUBJECT, "a", "b")));
        }

        @Test
        void sagasThatCannotBeCancelled() {
            finds(
                    "cannot be cancelled: Uncount[item=never counted]",
                    () -> of(new BrokenTallies.CannotCancel())
                            .given(counted("a", 1))
                            .when(new Move(SUBJECT, "a", "b")));
        }

        private void finds(String culprit, ThrowingCallable test) {
            assertThatThrownBy(test)
                    .isInstanceOf(DomainBroken.class)
                    .hasMessageContaining("tally")
                    .hasMessageContaining(culprit);
        }
    }

    @Test
    void asksForADomainThatCanBeMadeAsTheEngineMakesIt() {
        assertThatThrownBy(() -> of(new BrokenTallies.NeedsAnArgument(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NeedsAnArgument")
                .hasMessageContaining("constructor without arguments");
    }
}
