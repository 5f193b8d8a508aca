package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.verification.simulation.PurseState.Payment;
import io.mainstay.verification.simulation.PurseState.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Money that goes from shard to shard by messages, and sagas of every shape: the smallest domain that has any. */
final class PurseDomain implements Domain<PurseState, PurseCommand, PurseEvent> {
    static final int ID = 200;

    private final Supplier<PurseState> empty;
    private @Nullable PurseState state;

    PurseDomain() {
        this(PurseState::new);
    }

    PurseDomain(Supplier<PurseState> empty) {
        this.empty = empty;
    }

    /** The state made last, only to look at. */
    PurseState state() {
        if (state == null) {
            throw new IllegalStateException("the shard has made no purse yet");
        }
        return state;
    }

    @Override
    public String name() {
        return "purse";
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<PurseCommand> commandType() {
        return PurseCommand.class;
    }

    @Override
    public StateMachine<PurseState, PurseCommand, PurseEvent> stateMachine() {
        return new Rules();
    }

    @Override
    public Codec<PurseCommand> commands() {
        return new Commands();
    }

    @Override
    public Codec<PurseEvent> events() {
        return new Events();
    }

    @Override
    public StateCodec<PurseState> states() {
        return new States();
    }

    private final class Rules implements StateMachine<PurseState, PurseCommand, PurseEvent> {
        @Override
        public PurseState emptyState() {
            PurseState fresh = empty.get();
            state = fresh;
            return fresh;
        }

        @Override
        public Decision<PurseEvent> decide(PurseState purse, PurseCommand command, CommandContext context) {
            return switch (command) {
                case PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor)
                when receiver == context.shard() -> refuse("purse-own");
                case PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor) ->
                    Decision.accept(
                            List.of(new PurseEvent.Paid(receiver, amountMinor, context.offset())),
                            List.of(new Message(
                                    receiver, new PurseCommand.Take(context.shard(), amountMinor, context.offset()))));
                case PurseCommand.Take(var sender, var amountMinor, var serial) ->
                    Decision.accept(new PurseEvent.Taken(sender, amountMinor, serial));
                case PurseCommand.Turn turn -> Decision.accept(new PurseEvent.Turned(!purse.isShut()));
                case PurseCommand.Share share -> Decision.begin(saga(share));
                case PurseCommand.Hold hold when purse.isShut() -> refuse("purse-shut");
                case PurseCommand.Hold(var place, var amountMinor)
                when purse.held().containsKey(place) -> refuse("purse-held");
                case PurseCommand.Hold(var place, var amountMinor) ->
                    Decision.accept(new PurseEvent.Held(place, amountMinor));
                case PurseCommand.Keep(var place) ->
                    Decision.accept(new PurseEvent.Kept(place, purse.held().getOrDefault(place, 0L)));
                case PurseCommand.Drop(var place) ->
                    Decision.accept(new PurseEvent.Dropped(place, purse.held().getOrDefault(place, 0L)));
                case PurseCommand.Grab grab when purse.isShut() -> refuse("purse-shut");
                case PurseCommand.Grab(var place, var amountMinor) ->
                    Decision.accept(new PurseEvent.Grabbed(place, amountMinor));
            };
        }

        private static Decision<PurseEvent> refuse(String code) {
            return Decision.reject(new Rejection(Rejection.Kind.REFUSED, code, "The purse does not do that.", ""));
        }

        private static Saga saga(PurseCommand.Share share) {
            List<PurseCommand.Part> parts = share.parts();
            return new Saga(
                    share.id(),
                    IntStream.range(0, parts.size())
                            .mapToObj(index ->
                                    step(new Place(share.id(), index), parts.get(index), index == share.pivot()))
                            .toList(),
                    share.timeoutMicros());
        }

        private static Saga.Step step(Place place, PurseCommand.Part part, boolean decides) {
            return decides
                    ? Saga.Step.pivot(part.shard(), new PurseCommand.Grab(place, part.amountMinor()))
                    : Saga.Step.compensable(
                            part.shard(),
                            new PurseCommand.Hold(place, part.amountMinor()),
                            Optional.of(new PurseCommand.Keep(place)),
                            new PurseCommand.Drop(place));
        }

        @Override
        public long version(PurseState purse, UUID aggregate) {
            return 0;
        }

        @Override
        public void aggregates(PurseState purse, BiConsumer<String, UUID> each) {}

        @Override
        public void apply(PurseState purse, PurseEvent event) {
            switch (event) {
                case PurseEvent.Paid(var receiver, var amountMinor, var serial) ->
                    purse.pay(receiver, new Payment(serial, amountMinor));
                case PurseEvent.Taken(var sender, var amountMinor, var serial) ->
                    purse.take(sender, new Payment(serial, amountMinor));
                case PurseEvent.Turned(var shut) -> purse.turn(shut);
                case PurseEvent.Held(var place, var amountMinor) -> purse.held().put(place, amountMinor);
                case PurseEvent.Kept(var place, var amountMinor) -> {
                    purse.held().remove(place);
                    purse.keep(amountMinor);
                }
                case PurseEvent.Dropped(var place, var amountMinor) ->
                    purse.held().remove(place);
                case PurseEvent.Grabbed(var place, var amountMinor) -> purse.keep(amountMinor);
            }
        }

        @Override
        public void revert(PurseState purse, PurseEvent event) {
            switch (event) {
                case PurseEvent.Paid(var receiver, var amountMinor, var serial) -> purse.unpay(receiver);
                case PurseEvent.Taken(var sender, var amountMinor, var serial) -> purse.untake(sender);
                case PurseEvent.Turned(var shut) -> purse.turn(!shut);
                case PurseEvent.Held(var place, var amountMinor) -> purse.held().remove(place);
                case PurseEvent.Kept(var place, var amountMinor) -> {
                    purse.keep(-amountMinor);
                    purse.held().put(place, amountMinor);
                }
                case PurseEvent.Dropped(var place, var amountMinor) ->
                    purse.held().put(place, amountMinor);
                case PurseEvent.Grabbed(var place, var amountMinor) -> purse.keep(-amountMinor);
            }
        }

        @Override
        public boolean canRevert() {
            return true;
        }
    }

    private static void write(Place place, WireWriter out) {
        out.writeUuid(place.share());
        out.writeInt(place.part());
    }

    private static Place readPlace(WireReader in) {
        return new Place(in.readUuid(), in.readInt());
    }

    private static final class Commands implements Codec<PurseCommand> {
        @Override
        public void encode(PurseCommand command, WireWriter out) {
            switch (command) {
                case PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor) -> {
                    out.writeByte(1);
                    out.writeUuid(id);
                    out.writeText(ledger);
                    out.writeInt(receiver);
                    out.writeLong(amountMinor);
                }
                case PurseCommand.Take(var sender, var amountMinor, var serial) -> {
                    out.writeByte(2);
                    out.writeInt(sender);
                    out.writeLong(amountMinor);
                    out.writeLong(serial);
                }
                case PurseCommand.Turn(var id, var ledger) -> {
                    out.writeByte(3);
                    out.writeUuid(id);
                    out.writeText(ledger);
                }
                case PurseCommand.Share(var id, var ledger, var parts, var pivot, var timeoutMicros) -> {
                    out.writeByte(4);
                    out.writeUuid(id);
                    out.writeText(ledger);
                    out.writeInt(parts.size());
                    for (PurseCommand.Part part : parts) {
                        out.writeInt(part.shard());
                        out.writeLong(part.amountMinor());
                    }
                    out.writeInt(pivot);
                    out.writeLong(timeoutMicros);
                }
                case PurseCommand.Hold(var place, var amountMinor) -> write(5, place, amountMinor, out);
                case PurseCommand.Keep(var place) -> write(6, place, 0, out);
                case PurseCommand.Drop(var place) -> write(7, place, 0, out);
                case PurseCommand.Grab(var place, var amountMinor) -> write(8, place, amountMinor, out);
            }
        }

        private static void write(int kind, Place place, long amountMinor, WireWriter out) {
            out.writeByte(kind);
            PurseDomain.write(place, out);
            out.writeLong(amountMinor);
        }

        @Override
        public PurseCommand decode(WireReader in) {
            int kind = in.readUnsignedByte();
            return switch (kind) {
                case 1 -> new PurseCommand.Pay(in.readUuid(), in.readText(), in.readInt(), in.readLong());
                case 2 -> new PurseCommand.Take(in.readInt(), in.readLong(), in.readLong());
                case 3 -> new PurseCommand.Turn(in.readUuid(), in.readText());
                case 4 -> new PurseCommand.Share(in.readUuid(), in.readText(), parts(in), in.readInt(), in.readLong());
                default -> part(kind, readPlace(in), in.readLong());
            };
        }

        private static PurseCommand part(int kind, Place place, long amountMinor) {
            return switch (kind) {
                case 5 -> new PurseCommand.Hold(place, amountMinor);
                case 6 -> new PurseCommand.Keep(place);
                case 7 -> new PurseCommand.Drop(place);
                default -> new PurseCommand.Grab(place, amountMinor);
            };
        }

        private static List<PurseCommand.Part> parts(WireReader in) {
            List<PurseCommand.Part> parts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                parts.add(new PurseCommand.Part(in.readInt(), in.readLong()));
            }
            return parts;
        }
    }

    private static final class Events implements Codec<PurseEvent> {
        @Override
        public void encode(PurseEvent event, WireWriter out) {
            switch (event) {
                case PurseEvent.Paid(var receiver, var amountMinor, var serial) ->
                    write(1, receiver, amountMinor, serial, out);
                case PurseEvent.Taken(var sender, var amountMinor, var serial) ->
                    write(2, sender, amountMinor, serial, out);
                case PurseEvent.Turned(var shut) -> write(3, 0, shut ? 1 : 0, 0, out);
                case PurseEvent.Held(var place, var amountMinor) -> write(4, place, amountMinor, out);
                case PurseEvent.Kept(var place, var amountMinor) -> write(5, place, amountMinor, out);
                case PurseEvent.Dropped(var place, var amountMinor) -> write(6, place, amountMinor, out);
                case PurseEvent.Grabbed(var place, var amountMinor) -> write(7, place, amountMinor, out);
            }
        }

        private static void write(int kind, Place place, long amountMinor, WireWriter out) {
            write(kind, 0, amountMinor, 0, out);
            PurseDomain.write(place, out);
        }

        private static void write(int kind, int shard, long amountMinor, long serial, WireWriter out) {
            out.writeByte(kind);
            out.writeInt(shard);
            out.writeLong(amountMinor);
            out.writeLong(serial);
        }

        @Override
        public PurseEvent decode(WireReader in) {
            int kind = in.readUnsignedByte();
            int shard = in.readInt();
            long amountMinor = in.readLong();
            long serial = in.readLong();
            return switch (kind) {
                case 1 -> new PurseEvent.Paid(shard, amountMinor, serial);
                case 2 -> new PurseEvent.Taken(shard, amountMinor, serial);
                case 3 -> new PurseEvent.Turned(amountMinor == 1);
                case 4 -> new PurseEvent.Held(readPlace(in), amountMinor);
                case 5 -> new PurseEvent.Kept(readPlace(in), amountMinor);
                case 6 -> new PurseEvent.Dropped(readPlace(in), amountMinor);
                default -> new PurseEvent.Grabbed(readPlace(in), amountMinor);
            };
        }
    }

    private static final class States implements StateCodec<PurseState> {
        @Override
        public void encode(PurseState purse, WireWriter out, Runnable chunkEnd) {
            write(purse.paid(), out);
            write(purse.taken(), out);
            out.writeInt(purse.held().size());
            purse.held().forEach((place, amountMinor) -> {
                PurseDomain.write(place, out);
                out.writeLong(amountMinor);
            });
            out.writeLong(purse.keptMinor());
            out.writeByte(purse.isShut() ? 1 : 0);
            chunkEnd.run();
        }

        private static void write(Map<Integer, List<Payment>> payments, WireWriter out) {
            out.writeInt(payments.size());
            payments.forEach((shard, list) -> {
                out.writeInt(shard);
                out.writeInt(list.size());
                for (Payment payment : list) {
                    out.writeLong(payment.serial());
                    out.writeLong(payment.amountMinor());
                }
            });
        }

        @Override
        public void decode(PurseState purse, WireReader chunk) {
            for (int left = chunk.readInt(); left > 0; left--) {
                read(purse::pay, chunk);
            }
            for (int left = chunk.readInt(); left > 0; left--) {
                read(purse::take, chunk);
            }
            for (int left = chunk.readInt(); left > 0; left--) {
                purse.held().put(readPlace(chunk), chunk.readLong());
            }
            purse.keep(chunk.readLong());
            purse.turn(chunk.readUnsignedByte() == 1);
        }

        private static void read(BiConsumer<Integer, Payment> add, WireReader chunk) {
            int shard = chunk.readInt();
            for (int left = chunk.readInt(); left > 0; left--) {
                add.accept(shard, new Payment(chunk.readLong(), chunk.readLong()));
            }
        }
    }
}
