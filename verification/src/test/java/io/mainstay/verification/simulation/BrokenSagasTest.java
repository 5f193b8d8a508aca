package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.Route;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Submission.MessageSubmission;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.EntriesEvent;
import io.mainstay.domain.ledger.Entry;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.Return;
import io.mainstay.domain.ledger.Returned;
import io.mainstay.domain.ledger.Settle;
import io.mainstay.domain.ledger.Settled;
import io.mainstay.domain.ledger.TakenOut;
import io.mainstay.domain.ledger.TransferCancelled;
import io.mainstay.domain.ledger.TransferExpired;
import io.mainstay.domain.ledger.TransferReserved;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each test breaks one rule of sagas, deadlines or reservations, and shows that the invariants meant for it see it, each of
 * them alone: the books would see most of it first.
 */
final class BrokenSagasTest {
    private static final int SEEDS_MAX = 400;

    @Test
    void aStepThatIsNotCancelled() {
        areSeenBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public Decision<LedgerEvent> decide(
                            LedgerState state, LedgerCommand command, CommandContext context) {
                        return command instanceof Return(var tenant, var id)
                                ? super.decide(state, new Settle(tenant, id), context)
                                : super.decide(state, command, context);
                    }
                }),
                "TransfersAreWhole",
                "MoneyIsNeverSeenTwice",
                "StateFollowsTheLog");
    }

    @Test
    void aStepThatIsCancelledThoughAllWasDone() {
        areSeenBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public Decision<LedgerEvent> decide(
                            LedgerState state, LedgerCommand command, CommandContext context) {
                        return command instanceof Settle(var tenant, var id)
                                ? super.decide(state, new Return(tenant, id), context)
                                : super.decide(state, command, context);
                    }
                }),
                "TransfersAreWhole",
                "MoneyIsNeverSeenTwice",
                "AnswersFollowTheLog");
    }

    @Test
    void anAttemptThatIsMadeAfterItsDeadline() {
        areSeenBy(
                () -> sagaMessages(command -> command
                                instanceof
                                SagaCommand.Attempt(var coordinator, var saga, var step, var deadline, var order)
                        ? new SagaCommand.Attempt(coordinator, saga, step, Long.MAX_VALUE, order)
                        : command),
                "MessagesArriveAsSent");
    }

    @Test
    void aRefusalThatDoesNotReachTheCoordinator() {
        areSeenBy(
                () -> sagaMessages(command -> command instanceof SagaCommand.Attempted(var saga, var step, var refusal)
                        ? new SagaCommand.Attempted(saga, step, Optional.empty())
                        : command),
                "MessagesArriveAsSent",
                "MoneyIsNeverSeenTwice");
    }

    @Test
    void aCoordinatorThatConfirmsBeforeAllIsAttempted() {
        areSeenBy(
                () -> new Ports() {
                    @Override
                    public SagaEvent sagaEvent(SagaEvent event) {
                        return event instanceof SagaEvent.AttemptRefused(var saga, var step, var refusal)
                                ? new SagaEvent.AttemptMade(saga, step)
                                : event;
                    }
                },
                "MoneyIsNeverSeenTwice",
                "AnswersFollowTheLog");
    }

    @Test
    void aCreditThatIsGivenBeforeTheDebitIsTaken() {
        areSeenBy(() -> rules(TakesLate::new), "MoneyIsNeverSeenTwice");
    }

    @Test
    void anExpiryThatAReplayPassesOver() {
        areSeenBy(() -> rules(PassesOver::new), "StateHashesAgree", "StateFollowsTheLog");
    }

    @Test
    void reservationsThatNeverExpire() {
        areSeenBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public long dueMicros(LedgerState state) {
                        return StateMachine.NEVER;
                    }
                }),
                "EverythingIsFinished");
    }

    @Test
    void aReservationThatIsReleasedTwice() {
        areSeenBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public void apply(LedgerState state, LedgerEvent event) {
                        super.apply(
                                state,
                                switch (event) {
                                    case TransferCancelled(var tenant, var id, var entries) ->
                                        new TransferCancelled(tenant, id, twice(entries));
                                    case TransferExpired(var tenant, var id, var entries) ->
                                        new TransferExpired(tenant, id, twice(entries));
                                    default -> event;
                                });
                    }
                }),
                "BalancesStayAboveMinimum",
                "StateFollowsTheLog");
    }

    @Test
    void aReservationThatHoldsNothing() {
        areSeenBy(
                () -> rules(ledger -> new LyingLedger(ledger) {
                    @Override
                    public void apply(LedgerState state, LedgerEvent event) {
                        super.apply(
                                state,
                                event
                                                instanceof
                                                TransferReserved(
                                                        var tenant,
                                                        var id,
                                                        var from,
                                                        var to,
                                                        var asset,
                                                        var amountMinor,
                                                        var reference,
                                                        var expiresMicros,
                                                        var entries)
                                        ? new TransferReserved(
                                                tenant,
                                                id,
                                                from,
                                                to,
                                                asset,
                                                amountMinor,
                                                reference,
                                                expiresMicros,
                                                entries.stream()
                                                        .map(entry -> with(entry, entry.balanceMinor(), 0, 0))
                                                        .toList())
                                        : event);
                    }
                }),
                "BalancesStayAboveMinimum",
                "StateFollowsTheLog");
    }

    @Test
    void aRouterThatDoesNotTellWhereAccountsLive() {
        areSeenBy(
                () -> new Ports() {
                    @Override
                    public Routing routing(CommandRouter router) {
                        return new HonestRouting(router) {
                            @Override
                            public Destination route(Route route) {
                                return super.route(route) instanceof Destination.Shard(var shard, var homes)
                                        ? new Destination.Shard(shard, Homes.HERE)
                                        : super.route(route);
                            }
                        };
                    }
                },
                "WhatIsThereIsFound");
    }

    @Test
    void aSearchThatAsksOneShardOnly() {
        areSeenBy(
                () -> new Ports() {
                    @Override
                    public Routing routing(CommandRouter router) {
                        return new HonestRouting(router) {
                            @Override
                            public Destination route(Route route) {
                                return super.route(route) instanceof Destination.Search search
                                        ? search.fallback()
                                        : super.route(route);
                            }
                        };
                    }
                },
                "WhatIsThereIsFound");
    }

    @Test
    void anEndThatIsNotRememberedForRepetitions() {
        areSeenBy(
                () -> new Ports() {
                    @Override
                    public Codec<SagaEvent> sagaEvents(Codec<SagaEvent> sagas) {
                        return new Codec<>() {
                            @Override
                            public void encode(SagaEvent event, WireWriter out) {
                                sagas.encode(event, out);
                            }

                            @Override
                            public SagaEvent decode(WireReader in) {
                                SagaEvent event = sagas.decode(in);
                                return event instanceof SagaEvent.Ended(var saga, var refusal)
                                        ? new SagaEvent.Ended(saga, Optional.empty())
                                        : event;
                            }
                        };
                    }
                },
                "RepeatedAnswersAreEqual",
                "AnswersFollowTheLog");
    }

    @Test
    void aSnapshotWithoutTheSagasThatRun() {
        areSeenBy(
                () -> new Ports() {
                    @Override
                    public StateCodec<SagaState> sagaStates(StateCodec<SagaState> sagas) {
                        return new StateCodec<>() {
                            @Override
                            public void encode(SagaState state, WireWriter out, Runnable chunkEnd) {
                                sagas.encode(state, out, chunkEnd);
                            }

                            @Override
                            public void decode(SagaState state, WireReader chunk) {
                                while (chunk.remaining() > 0) {
                                    chunk.readUnsignedByte();
                                }
                            }
                        };
                    }
                },
                "StateFollowsTheLog",
                "OnlyDamageStopsAShard");
    }

    @Test
    void aMessageOfASagaThatIsExecutedTwice() {
        areSeenBy(
                () -> new Ports() {
                    private byte[] last = new byte[0];
                    private int attempts;

                    @Override
                    public Peers peers(Peers post) {
                        return (shard, submission) -> {
                            if (submission instanceof MessageSubmission(var message)
                                    && message.domainId() == SagaDomain.ID
                                    && decode(message.bytes()) instanceof SagaCommand.Attempt) {
                                byte[] before = last;
                                last = message.bytes();
                                if (++attempts % 5 == 0) {
                                    return post.offer(shard, new MessageSubmission(with(message, before)));
                                }
                            }
                            return post.offer(shard, submission);
                        };
                    }
                },
                "MessagesArriveAsSent",
                "OnlyDamageStopsAShard");
    }

    /** Each of these invariants, watching alone, is broken by one of so many seeds. */
    private static void areSeenBy(Supplier<Ports> broken, String... invariants) {
        for (String invariant : invariants) {
            isSeenBy(broken, invariant);
        }
    }

    private static void isSeenBy(Supplier<Ports> broken, String invariant) {
        Set<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS_MAX; seed++) {
            try {
                new Simulation(seed, broken.get(), AllInvariants.only(invariant)).run();
            } catch (SimulationFailure caught) {
                seen.add(caught.invariant());
                if (caught.invariant().equals(invariant)) {
                    return;
                }
            }
        }
        throw new AssertionError("%s did not see it in %d seeds, but %s did".formatted(invariant, SEEDS_MAX, seen));
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

    private static Ports sagaMessages(UnaryOperator<SagaCommand> change) {
        return new Ports() {
            @Override
            public Peers peers(Peers post) {
                return (shard, submission) -> post.offer(
                        shard,
                        submission instanceof MessageSubmission(var message) && message.domainId() == SagaDomain.ID
                                ? new MessageSubmission(with(message, encode(change.apply(decode(message.bytes())))))
                                : submission);
            }
        };
    }

    private static ReceivedMessage with(ReceivedMessage message, byte[] bytes) {
        return new ReceivedMessage(message.sender(), message.number(), message.domainId(), bytes);
    }

    private static SagaCommand decode(byte[] bytes) {
        return new SagaDomain().commands().decode(new WireReader(bytes));
    }

    private static byte[] encode(SagaCommand command) {
        WireWriter out = new WireWriter(128);
        new SagaDomain().commands().encode(command, out);
        return out.toByteArray();
    }

    private static List<Entry> twice(List<Entry> entries) {
        return entries.stream()
                .map(entry -> with(
                        entry,
                        entry.balanceMinor(),
                        entry.reservedMinor() + entry.reservedChangeMinor(),
                        entry.expectedMinor() + entry.expectedChangeMinor()))
                .toList();
    }

    private static Entry with(Entry entry, long balanceMinor, long reservedMinor, long expectedMinor) {
        return new Entry(
                entry.account(),
                entry.asset(),
                entry.balanceChangeMinor(),
                entry.reservedChangeMinor(),
                entry.expectedChangeMinor(),
                balanceMinor,
                reservedMinor,
                expectedMinor,
                entry.version());
    }

    /** Leaves what it takes out in the account until the transfer settles. */
    private static final class TakesLate extends LyingLedger {
        TakesLate(StateMachine<LedgerState, LedgerCommand, LedgerEvent> honest) {
            super(honest);
        }

        @Override
        public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, CommandContext context) {
            Decision<LedgerEvent> honest = super.decide(state, command, context);
            return honest instanceof Decision.Accepted<LedgerEvent>(var events, var messages) && events.size() == 1
                    ? Decision.accept(List.of(late(events.get(0))), messages)
                    : honest;
        }

        private static LedgerEvent late(LedgerEvent event) {
            return switch (event) {
                case TakenOut(var tenant, var id, var elsewhere, var reverses, var reference, var entries) ->
                    new TakenOut(tenant, id, elsewhere, reverses, reference, moved(entries, 1));
                case Settled(var tenant, var id, var stage, var entries) ->
                    new Settled(tenant, id, stage, moved(entries, -1));
                case Returned(var tenant, var id, var stage, var entries) ->
                    new Returned(tenant, id, stage, moved(entries, 0));
                default -> event;
            };
        }

        /** Adds the amount of each debit so many times, or leaves the balance as it is. */
        private static List<Entry> moved(List<Entry> entries, int times) {
            return entries.stream()
                    .map(entry -> {
                        boolean debit = times > 0 ? entry.balanceChangeMinor() < 0 : entry.balanceChangeMinor() == 0;
                        boolean given = times == 0 && entry.balanceChangeMinor() > 0;
                        if (given) {
                            return shifted(entry, -entry.balanceChangeMinor());
                        }
                        return debit && times != 0
                                ? shifted(entry, times * Math.abs(entry.expectedChangeMinor()))
                                : entry;
                    })
                    .toList();
        }

        private static Entry shifted(Entry entry, long amountMinor) {
            return new Entry(
                    entry.account(),
                    entry.asset(),
                    entry.balanceChangeMinor() + amountMinor,
                    entry.reservedChangeMinor(),
                    entry.expectedChangeMinor(),
                    entry.balanceMinor() + amountMinor,
                    entry.reservedMinor(),
                    entry.expectedMinor(),
                    entry.version());
        }
    }

    /** Applies that a reservation has expired only if it has just decided it itself. */
    private static final class PassesOver extends LyingLedger {
        private final Set<UUID> decided = new HashSet<>();

        PassesOver(StateMachine<LedgerState, LedgerCommand, LedgerEvent> honest) {
            super(honest);
        }

        @Override
        public Decision<LedgerEvent> elapse(LedgerState state, CommandContext context) {
            Decision<LedgerEvent> honest = super.elapse(state, context);
            if (honest instanceof Decision.Accepted<LedgerEvent>(var events, var messages)) {
                events.forEach(event -> decided.add(((EntriesEvent) event).id()));
            }
            return honest;
        }

        @Override
        public void apply(LedgerState state, LedgerEvent event) {
            if (!(event instanceof TransferExpired expired) || decided.contains(expired.id())) {
                super.apply(state, event);
            }
        }
    }
}
