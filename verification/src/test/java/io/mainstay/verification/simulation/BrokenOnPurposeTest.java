package io.mainstay.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.Route;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.shard.Submission.AcknowledgementSubmission;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.MessageSubmission;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import io.mainstay.verification.simulation.Ports.HonestRouting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each test breaks one rule and shows that the simulator sees it within a few seeds, and which invariant does. */
final class BrokenOnPurposeTest {
    private static final int SEEDS_MAX = 800;

    @Test
    void anAnswerBeforeTheSync() {
        isCaughtBy(
                () -> log(log -> new LyingLog(log) {
                    @Override
                    public Append append(long sequence, byte[] frame, int size) {
                        return new Hasty(super.append(sequence, frame, size));
                    }
                }),
                "ExecutedIsDurable");
    }

    @Test
    void keysThatAreDroppedByARestart() {
        isCaughtBy(
                () -> new Ports() {
                    private int starts;

                    @Override
                    public ShardConfig config(ShardConfig drawn) {
                        return starts++ < 4
                                ? drawn
                                : new ShardConfig(
                                        drawn.batches(),
                                        new ShardConfig.KeyLimits(
                                                1, drawn.keys().ageMicrosMax()),
                                        drawn.durability(),
                                        drawn.messages(),
                                        drawn.tailsAllowed(),
                                        drawn.formats(),
                                        drawn.shards());
                    }
                },
                "AnswersFollowTheLog",
                "KeysAreExecutedOnce",
                "StateFollowsTheLog",
                "StateHashesAgree");
    }

    @Test
    void aFrameThatIsMissingAtTheEndOfAReplay() {
        isCaughtBy(
                () -> replay(frames -> frames.subList(0, Math.max(0, frames.size() - 1))),
                "RecoveryIsComplete",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aFrameThatIsMissingInTheMiddleOfAReplay() {
        isCaughtBy(
                () -> replay(frames -> {
                    List<byte[]> some = new ArrayList<>(frames);
                    if (some.size() > 2) {
                        some.remove(some.size() / 2);
                    }
                    return some;
                }),
                "RecoveryIsComplete",
                "OnlyDamageStopsAShard");
    }

    @Test
    void framesThatAreReplayedOutOfOrder() {
        isCaughtBy(
                () -> replay(frames -> {
                    List<byte[]> some = new ArrayList<>(frames);
                    if (some.size() > 1) {
                        some.add(some.size() - 2, some.remove(some.size() - 1));
                    }
                    return some;
                }),
                "RecoveryIsComplete",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aDamagedFrameThatIsPassedOver() {
        isCaughtBy(
                () -> replay(frames ->
                        frames.stream().filter(BrokenOnPurposeTest::isWhole).toList()),
                "OnlyDamageStopsAShard",
                "RecoveryIsComplete");
    }

    @Test
    void anOwnerThatIsNotFenced() {
        isCaughtBy(
                () -> new Ports() {
                    @Override
                    public WriteAheadLog open(SimulatedLog log) {
                        return log.openUnfenced();
                    }
                },
                "LogIsUnbroken",
                "ExecutedIsDurable",
                "AnswersFollowTheLog");
    }

    @Test
    void aClaimThatIsLost() {
        isCaughtBy(
                () -> routing(router -> new HonestRouting(router) {
                    @Override
                    public Destination route(Route route) {
                        Destination destination = super.route(route);
                        if (destination instanceof Destination.Shard(var shard, var homes)) {
                            super.settle(route, new Outcome.Overloaded(shard, 0));
                        }
                        return destination;
                    }

                    @Override
                    public void settle(Route route, Outcome outcome) {}
                }),
                "AggregatesLiveOnOneShard",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aClaimThatIsNeverSettled() {
        isCaughtBy(
                () -> routing(router -> new HonestRouting(router) {
                    @Override
                    public void settle(Route route, Outcome outcome) {}
                }),
                "RouterAgrees");
    }

    @Test
    void aDomainThatDoesNotDecideTheSameTwice() {
        isCaughtBy(
                () -> new Ports() {
                    private int decisions;

                    @Override
                    public StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules(
                            StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger) {
                        return new LyingLedger(ledger) {
                            @Override
                            public Decision<LedgerEvent> decide(
                                    LedgerState state, LedgerCommand command, CommandContext context) {
                                return ++decisions % 100 == 0
                                        ? Decision.reject(
                                                new Rejection(Rejection.Kind.REFUSED, "moody", "Not today.", ""))
                                        : super.decide(state, command, context);
                            }
                        };
                    }
                },
                "AnswersFollowTheLog",
                "StateFollowsTheLog");
    }

    @Test
    void anOverdraftThatIsAllowed() {
        isCaughtBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public Decision<LedgerEvent> decide(
                            LedgerState state, LedgerCommand command, CommandContext context) {
                        Decision<LedgerEvent> honest = super.decide(state, command, context);
                        return honest instanceof Decision.Rejected<LedgerEvent>(var rejection)
                                        && rejection.code().equals("funds-insufficient")
                                        && command instanceof PostTransfer post
                                ? Decision.accept(posted(state, post))
                                : honest;
                    }
                }),
                "AnswersFollowTheLog",
                "BalancesStayAboveMinimum",
                "StateFollowsTheLog");
    }

    @Test
    void moneyThatIsMade() {
        isCaughtBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public void apply(LedgerState state, LedgerEvent event) {
                        super.apply(state, event instanceof TransferPosted posted ? oneMore(posted) : event);
                    }
                }),
                "MoneyIsConserved");
    }

    @Test
    void aSubmissionThatIsLost() {
        isCaughtBy(
                () -> new Ports() {
                    private int added;

                    @Override
                    public Queue<Submission> mailbox() {
                        return new ArrayDeque<>() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public boolean add(Submission submission) {
                                return ++added % 100 == 0 || super.add(submission);
                            }
                        };
                    }
                },
                "EverythingIsFinished",
                "RouterAgrees");
    }

    @Test
    void aSnapshotThatIsOlderThanItsName() {
        isCaughtBy(
                () -> new Ports() {
                    private final Map<SimulatedSnapshots, List<byte[]>> first = new HashMap<>();

                    @Override
                    public SnapshotStore snapshots(SimulatedSnapshots snapshots) {
                        return new StaleSnapshots(
                                snapshots, first.computeIfAbsent(snapshots, fresh -> new ArrayList<>()));
                    }
                },
                "OnlyDamageStopsAShard",
                "RecoveryIsComplete");
    }

    @Test
    void aNodeThatTakesCommandsBeforeItKnowsEveryId() {
        isCaughtBy(
                () -> routing(router -> {
                    IntStream.range(0, router.shards()).forEach(router::recovered);
                    return new HonestRouting(router);
                }),
                "AggregatesLiveOnOneShard",
                "OnlyDamageStopsAShard");
    }

    @Test
    void claimsThatEndWhileTheFateIsUnknown() {
        isCaughtBy(
                () -> routing(router -> new HonestRouting(router) {
                    @Override
                    public void settle(Route route, Outcome outcome) {
                        super.settle(
                                route,
                                outcome instanceof Outcome.Unknown(var shard, var reason)
                                        ? new Outcome.Unavailable(shard, reason, 0)
                                        : outcome);
                    }
                }),
                "AggregatesLiveOnOneShard",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aRequestThatGoesToAnotherShardWhenItIsRepeated() {
        isCaughtBy(
                () -> routing(router -> new HonestRouting(router) {
                    private int turn;

                    @Override
                    public Destination route(Route route) {
                        Destination destination = super.route(route);
                        return destination instanceof Destination.Shard(var shard, var homes)
                                        && shard < 2
                                        && ++turn % 10 == 0
                                        && router.shards() > 1
                                ? new Destination.Shard(1 - shard, homes)
                                : destination;
                    }
                }),
                "KeysAreExecutedOnce",
                "AggregatesLiveOnOneShard",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aShardThatIsDrainedTooEarly() {
        isCaughtBy(
                () -> new Ports() {
                    @Override
                    public boolean isFinished(Shard shard) {
                        return true;
                    }
                },
                "DrainedIsLogged");
    }

    @Test
    void aMessageThatIsExecutedTwiceInsteadOfTheNext() {
        isCaughtBy(
                () -> messages(new UnaryOperator<>() {
                    private final Map<Integer, ReceivedMessage> last = new HashMap<>();
                    private int sent;

                    @Override
                    public ReceivedMessage apply(ReceivedMessage message) {
                        ReceivedMessage before = last.put(message.sender(), message);
                        return ++sent % 10 == 0 && before != null
                                ? new ReceivedMessage(
                                        message.sender(), message.number(), message.domainId(), before.bytes())
                                : message;
                    }
                }),
                "MessagesAreExecutedOnce",
                "MoneyInFlightIsConserved");
    }

    @Test
    void aMessageThatChangesOnItsWay() {
        isCaughtBy(
                () -> messages(message -> {
                    byte[] bytes = message.bytes().clone();
                    bytes[5] ^= 1;
                    return new ReceivedMessage(message.sender(), message.number(), message.domainId(), bytes);
                }),
                "MessagesAreExecutedOnce",
                "MoneyInFlightIsConserved");
    }

    @Test
    void aMessageThatIsAcknowledgedAndNotExecuted() {
        isCaughtBy(
                () -> new Ports() {
                    private int sent;

                    @Override
                    public Peers peers(Peers post) {
                        return (shard, submission) -> {
                            if (submission instanceof MessageSubmission(var message) && ++sent % 10 == 0) {
                                return post.offer(
                                        message.sender(),
                                        new AcknowledgementSubmission(new Acknowledgement(shard, message.number())));
                            }
                            return post.offer(shard, submission);
                        };
                    }
                },
                "EverythingIsFinished");
    }

    @Test
    void aTransferThatIsRevertedButForItsVersions() {
        isCaughtBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public void revert(LedgerState state, LedgerEvent event) {
                        super.revert(state, event);
                        if (event instanceof TransferPosted posted) {
                            super.apply(state, nothing(state, posted));
                        }
                    }
                }),
                "StateFollowsTheLog",
                "AnswersFollowTheLog");
    }

    @Test
    void aTransferThatIsRevertedButForItsId() {
        isCaughtBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    private final Set<UUID> reverted = new HashSet<>();

                    @Override
                    public Decision<LedgerEvent> decide(
                            LedgerState state, LedgerCommand command, CommandContext context) {
                        return command instanceof PostTransfer post && reverted.contains(post.id())
                                ? Decision.reject(new Rejection(
                                        Rejection.Kind.CONFLICT, "transfer-exists", "It was never posted.", "/id"))
                                : super.decide(state, command, context);
                    }

                    @Override
                    public void revert(LedgerState state, LedgerEvent event) {
                        super.revert(state, event);
                        if (event instanceof TransferPosted posted) {
                            reverted.add(posted.id());
                        }
                    }
                }),
                "AnswersFollowTheLog");
    }

    @Test
    void aGroupThatKeepsWhatWasRefused() {
        isCaughtBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public void revert(LedgerState state, LedgerEvent event) {}
                }),
                "StateFollowsTheLog",
                "AnswersFollowTheLog");
    }

    @Test
    void aPurseThatKeepsWhatAGroupRefused() {
        isCaughtBy(
                () -> new Ports() {
                    @Override
                    public PurseState emptyPurse() {
                        return new PurseState() {
                            @Override
                            void unpay(int shard) {}
                        };
                    }
                },
                "GroupsAreAllOrNothing");
    }

    @Test
    void anExpectedVersionThatIsIgnored() {
        isCaughtBy(IgnoringShard::new, "ExpectedVersionsAreKept", "AnswersFollowTheLog");
        isCaughtBy(IgnoringShard::new, "ExpectedVersionsAreKept");
    }

    @Test
    void aSnapshotThatForgetsItsTransfers() {
        isCaughtBy(
                () -> new Ports() {
                    @Override
                    public StateCodec<LedgerState> states(StateCodec<LedgerState> ledger) {
                        return new ForgetfulCodec(ledger);
                    }
                },
                "StateHashesAgree",
                "StateFollowsTheLog");
    }

    @Test
    void aBoundOfUnsyncedCommandsThatIsNotKept() {
        isCaughtBy(() -> async(bound -> new Async(bound.countMax() + 1, bound.microsMax())), "LossIsWithinTheBound");
    }

    @Test
    void aBoundOfTheirAgeThatIsNotKept() {
        isCaughtBy(() -> async(bound -> new Async(bound.countMax(), 2 * bound.microsMax())), "LossIsWithinTheBound");
    }

    private static Ports async(UnaryOperator<Async> change) {
        return new Ports() {
            @Override
            public ShardConfig config(ShardConfig drawn) {
                return drawn.durability() instanceof Async bound ? drawn.with(change.apply(bound)) : drawn;
            }
        };
    }

    /** Some seed fails, and within so many seeds one of these invariants is the first to see it. */
    private static void isCaughtBy(Supplier<Ports> broken, String... invariants) {
        Set<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS_MAX; seed++) {
            try {
                new Simulation(seed, broken.get()).run();
            } catch (SimulationFailure caught) {
                assertThat(caught)
                        .hasMessageContaining("seed " + seed + " broke " + caught.invariant())
                        .hasMessageContaining("./mainstay simulate --seed " + seed);
                seen.add(caught.invariant());
                if (List.of(invariants).contains(caught.invariant())) {
                    return;
                }
            }
        }
        throw new AssertionError(
                "none of %s saw it in %d seeds, but %s did".formatted(List.of(invariants), SEEDS_MAX, seen));
    }

    private static Ports messages(UnaryOperator<ReceivedMessage> change) {
        return new Ports() {
            @Override
            public Peers peers(Peers post) {
                return (shard, submission) -> post.offer(
                        shard,
                        submission instanceof MessageSubmission(var message)
                                ? new MessageSubmission(change.apply(message))
                                : submission);
            }
        };
    }

    private static Ports routing(Function<CommandRouter, Ports.Routing> lying) {
        return new Ports() {
            @Override
            public Routing routing(CommandRouter router) {
                return lying.apply(router);
            }
        };
    }

    private static Ports log(UnaryOperator<WriteAheadLog> lying) {
        return new Ports() {
            @Override
            public WriteAheadLog open(SimulatedLog log) {
                return lying.apply(log.open());
            }
        };
    }

    private static Ports replay(UnaryOperator<List<byte[]>> change) {
        return log(log -> new LyingLog(log) {
            @Override
            public void recover(Consumer<byte[]> frames) {
                List<byte[]> all = new ArrayList<>();
                super.recover(all::add);
                change.apply(all).forEach(frames);
            }
        });
    }

    private static Ports rules(UnaryOperator<StateMachine<LedgerState, LedgerCommand, LedgerEvent>> broken) {
        return new Ports() {
            @Override
            public StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules(
                    StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger) {
                return broken.apply(ledger);
            }
        };
    }

    private static boolean isWhole(byte[] frame) {
        try {
            LogFrame.parse(frame);
            return true;
        } catch (WireException damage) {
            return false;
        }
    }

    private static TransferPosted posted(LedgerState state, PostTransfer post) {
        AccountView from = state.account(post.from()).orElseThrow();
        AccountView to = state.account(post.to()).orElseThrow();
        return new TransferPosted(
                post.id(),
                post.from(),
                post.to(),
                from.asset(),
                post.amountMinor(),
                post.reference(),
                from.balanceMinor() - post.amountMinor(),
                from.version() + 1,
                to.balanceMinor() + post.amountMinor(),
                to.version() + 1);
    }

    private static TransferPosted oneMore(TransferPosted posted) {
        return new TransferPosted(
                posted.id(),
                posted.from(),
                posted.to(),
                posted.asset(),
                posted.amountMinor(),
                posted.reference(),
                posted.fromBalanceMinor(),
                posted.fromVersion(),
                posted.toBalanceMinor() + 1,
                posted.toVersion());
    }

    /** A transfer that moves nothing. */
    private static TransferPosted nothing(LedgerState state, TransferPosted posted) {
        AccountView from = state.account(posted.from()).orElseThrow();
        AccountView to = state.account(posted.to()).orElseThrow();
        return new TransferPosted(
                posted.id(),
                posted.from(),
                posted.to(),
                posted.asset(),
                posted.amountMinor(),
                posted.reference(),
                from.balanceMinor(),
                from.version() + 1,
                to.balanceMinor(),
                to.version() + 1);
    }

    /** Finds every version that is expected: asked before a decision, the rules say what the caller wants to hear. */
    private static final class IgnoringShard implements Ports {
        private static final long UNCLEAR = -2;

        private final Map<UUID, Long> expected = new HashMap<>();

        @Override
        public Queue<Submission> mailbox() {
            return new ArrayDeque<>() {
                private static final long serialVersionUID = 1L;

                @Override
                public Submission poll() {
                    Submission next = super.poll();
                    if (next instanceof CommandSubmission(var command, var logged, var hash, var reply)
                            && logged.expectedVersion() != LoggedCommand.ANY_VERSION) {
                        expected.merge(
                                command.leading(),
                                logged.expectedVersion(),
                                (one, other) -> one.equals(other) ? one : UNCLEAR);
                    }
                    return next;
                }
            };
        }

        @Override
        public StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules(
                StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger) {
            return new LyingLedger(ledger) {
                private boolean decided;

                @Override
                public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, CommandContext context) {
                    decided = true;
                    return super.decide(state, command, context);
                }

                @Override
                public long version(LedgerState state, UUID aggregate) {
                    Long wanted = decided ? null : expected.remove(aggregate);
                    decided = false;
                    return wanted == null || wanted == UNCLEAR ? super.version(state, aggregate) : wanted;
                }
            };
        }
    }

    /** Leaves out of a snapshot what is known of transfers that are done. */
    private record ForgetfulCodec(StateCodec<LedgerState> honest) implements StateCodec<LedgerState> {
        private static final int TRANSFERS = 7;

        @Override
        public void encode(LedgerState state, WireWriter out, Runnable chunkEnd) {
            honest.encode(state, out, chunkEnd);
        }

        @Override
        public void decode(LedgerState state, WireReader chunk) {
            int kind = chunk.remaining() == 0 ? 0 : chunk.readUnsignedByte();
            WireWriter kept = new WireWriter(1024);
            kept.writeByte(kind);
            while (chunk.remaining() > 0) {
                kept.writeByte(chunk.readUnsignedByte());
            }
            if (kind != 0 && kind != TRANSFERS) {
                honest.decode(state, new WireReader(kept.toByteArray()));
            }
        }
    }

    /** Says durable as soon as it is asked. */
    private record Hasty(Append honest) implements Append {
        @Override
        public State state() {
            return honest.state() == State.PENDING ? State.DURABLE : honest.state();
        }

        @Override
        public String failure() {
            return honest.failure();
        }
    }

    /** Writes the first snapshot's content under every later name. */
    private record StaleSnapshots(SimulatedSnapshots honest, List<byte[]> first) implements SnapshotStore {
        @Override
        public List<SnapshotId> list() {
            return honest.list();
        }

        @Override
        public void write(SnapshotId id, Consumer<SnapshotSink> content) {
            if (first.isEmpty()) {
                content.accept((bytes, size) -> first.add(Arrays.copyOf(bytes, size)));
            }
            honest.write(id, sink -> first.forEach(chunk -> sink.chunk(chunk, chunk.length)));
        }

        @Override
        public void read(SnapshotId id, Consumer<byte[]> chunks) {
            honest.read(id, chunks);
        }

        @Override
        public void retain(int newest) {
            honest.retain(newest);
        }
    }
}
