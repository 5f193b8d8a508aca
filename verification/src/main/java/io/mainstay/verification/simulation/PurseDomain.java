package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Money that goes from shard to shard by messages: the smallest domain that sends any. */
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
                when receiver == context.shard() ->
                    Decision.reject(new Rejection(Rejection.Kind.REFUSED, "purse-own", "It is there already.", ""));
                case PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor) ->
                    Decision.accept(
                            List.of(new PurseEvent.Paid(receiver, amountMinor, context.offset())),
                            List.of(new Message(
                                    receiver, new PurseCommand.Take(context.shard(), amountMinor, context.offset()))));
                case PurseCommand.Take(var sender, var amountMinor, var serial) ->
                    Decision.accept(new PurseEvent.Taken(sender, amountMinor, serial));
            };
        }

        @Override
        public long version(PurseState purse, UUID aggregate) {
            return 0;
        }

        @Override
        public void aggregates(PurseState purse, Consumer<UUID> each) {}

        @Override
        public void apply(PurseState purse, PurseEvent event) {
            switch (event) {
                case PurseEvent.Paid(var receiver, var amountMinor, var serial) ->
                    purse.pay(receiver, new Payment(serial, amountMinor));
                case PurseEvent.Taken(var sender, var amountMinor, var serial) ->
                    purse.take(sender, new Payment(serial, amountMinor));
            }
        }

        @Override
        public void revert(PurseState purse, PurseEvent event) {
            switch (event) {
                case PurseEvent.Paid(var receiver, var amountMinor, var serial) -> purse.unpay(receiver);
                case PurseEvent.Taken(var sender, var amountMinor, var serial) -> purse.untake(sender);
            }
        }

        @Override
        public boolean canRevert() {
            return true;
        }
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
            }
        }

        @Override
        public PurseCommand decode(WireReader in) {
            return in.readUnsignedByte() == 1
                    ? new PurseCommand.Pay(in.readUuid(), in.readText(), in.readInt(), in.readLong())
                    : new PurseCommand.Take(in.readInt(), in.readLong(), in.readLong());
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
            }
        }

        private static void write(int kind, int shard, long amountMinor, long serial, WireWriter out) {
            out.writeByte(kind);
            out.writeInt(shard);
            out.writeLong(amountMinor);
            out.writeLong(serial);
        }

        @Override
        public PurseEvent decode(WireReader in) {
            return in.readUnsignedByte() == 1
                    ? new PurseEvent.Paid(in.readInt(), in.readLong(), in.readLong())
                    : new PurseEvent.Taken(in.readInt(), in.readLong(), in.readLong());
        }
    }

    private static final class States implements StateCodec<PurseState> {
        @Override
        public void encode(PurseState purse, WireWriter out, Runnable chunkEnd) {
            write(purse.paid(), out);
            write(purse.taken(), out);
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
        }

        private static void read(BiConsumer<Integer, Payment> add, WireReader chunk) {
            int shard = chunk.readInt();
            for (int left = chunk.readInt(); left > 0; left--) {
                add.accept(shard, new Payment(chunk.readLong(), chunk.readLong()));
            }
        }
    }
}
