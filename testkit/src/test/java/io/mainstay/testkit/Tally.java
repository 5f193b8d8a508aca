package io.mainstay.testkit;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A domain that does as it should, and that each broken one differs from in one method. */
class Tally
        implements Domain<TallyState, TallyCommand, TallyEvent>, StateMachine<TallyState, TallyCommand, TallyEvent> {
    static UUID idOf(String item) {
        return UUID.nameUUIDFromBytes(item.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public int id() {
        return 9;
    }

    @Override
    public int schemaVersion() {
        return 2;
    }

    /** Version 1 knew no deadlines. */
    @Override
    public List<Upcaster> upcasters() {
        return List.of(Upcaster.from(1).withEvents((in, out) -> {
            out.writeText(in.readText());
            out.writeLong(in.readLong());
            out.writeLong(0);
        }));
    }

    @Override
    public Class<TallyCommand> commandType() {
        return TallyCommand.class;
    }

    @Override
    public StateMachine<TallyState, TallyCommand, TallyEvent> stateMachine() {
        return this;
    }

    @Override
    public TallyState emptyState() {
        return new TallyState();
    }

    @Override
    public Decision<TallyEvent> decide(TallyState state, TallyCommand command, CommandContext context) {
        return switch (command) {
            case TallyCommand.Count count
            when count.untilMicros() != 0 && count.untilMicros() <= context.nowMicros() ->
                Decision.reject(new Rejection(Rejection.Kind.REFUSED, "too-late", "Too late.", "/untilMicros"));
            case TallyCommand.Count count
            when count.untilMicros() != 0 && state.untilMicros.containsKey(count.item()) ->
                Decision.reject(new Rejection(Rejection.Kind.CONFLICT, "until-set", "It ends already.", "/item"));
            case TallyCommand.Count(var item, var amount, var until) ->
                Decision.accept(new TallyEvent(item, amount, until));
            case TallyCommand.CountAll(var items) ->
                Decision.accept(
                        new TreeSet<>(items)
                                .stream()
                                        .map(item -> new TallyEvent(item, 1, 0))
                                        .toList(),
                        List.of());
            case TallyCommand.Uncount(var item)
            when state.counts.getOrDefault(item, 0L) < 1 ->
                Decision.reject(new Rejection(Rejection.Kind.REFUSED, "none-left", "None left of " + item + ".", ""));
            case TallyCommand.Uncount(var item) -> Decision.accept(new TallyEvent(item, -1, 0));
            case TallyCommand.Move(var subject, var from, var to) ->
                Decision.begin(new Saga(
                        subject,
                        List.of(
                                Saga.Step.compensable(
                                        context.shardOf(idOf(from)),
                                        new TallyCommand.Uncount(from),
                                        Optional.empty(),
                                        cancelling(from)),
                                Saga.Step.pivot(context.shardOf(idOf(to)), new TallyCommand.Count(to, 1, 0))),
                        Saga.TIMEOUT_MICROS_DEFAULT));
        };
    }

    TallyCommand cancelling(String from) {
        return new TallyCommand.Count(from, 1, 0);
    }

    @Override
    public long dueMicros(TallyState state) {
        return state.untilMicros.values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(NEVER);
    }

    @Override
    public Decision<TallyEvent> elapse(TallyState state, CommandContext context) {
        return Decision.accept(
                state.untilMicros.entrySet().stream()
                        .filter(entry -> entry.getValue() <= context.nowMicros())
                        .map(entry -> new TallyEvent(
                                entry.getKey(), -state.counts.getOrDefault(entry.getKey(), 0L), entry.getValue()))
                        .toList(),
                List.of());
    }

    @Override
    public long version(TallyState state, UUID aggregate) {
        return state.versions.entrySet().stream()
                .filter(entry -> idOf(entry.getKey()).equals(aggregate))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void aggregates(TallyState state, BiConsumer<String, UUID> each) {
        state.versions.keySet().forEach(item -> each.accept("", idOf(item)));
    }

    @Override
    public void apply(TallyState state, TallyEvent event) {
        add(state, event.item(), event.amount());
        state.versions.merge(event.item(), 1, Integer::sum);
        setUntil(state, event, event.amount() > 0);
    }

    @Override
    public void revert(TallyState state, TallyEvent event) {
        add(state, event.item(), -event.amount());
        state.versions.computeIfPresent(event.item(), (item, version) -> version == 1 ? null : version - 1);
        setUntil(state, event, event.amount() <= 0);
    }

    @Override
    public boolean canRevert() {
        return true;
    }

    private static void setUntil(TallyState state, TallyEvent event, boolean begins) {
        if (event.untilMicros() != 0 && begins) {
            state.untilMicros.put(event.item(), event.untilMicros());
        } else if (event.untilMicros() != 0) {
            state.untilMicros.remove(event.item());
        }
    }

    static void add(TallyState state, String item, long amount) {
        state.counts.merge(item, amount, (before, more) -> before + more == 0 ? null : before + more);
    }

    @Override
    public Codec<TallyCommand> commands() {
        return new CommandCodec(this);
    }

    @Override
    public Codec<TallyEvent> events() {
        return new EventCodec(this);
    }

    @Override
    public StateCodec<TallyState> states() {
        return new TallyStateCodec(this);
    }

    /** The order that a command's items are written in. */
    Iterable<String> ordered(java.util.Set<String> items) {
        return new TreeSet<>(items);
    }

    java.util.Set<String> setOf(List<String> items) {
        return java.util.Set.copyOf(items);
    }

    /** What is written behind an event. */
    void endEvent(WireWriter out) {}

    /** What is read behind an event. */
    void endEvent(WireReader in) {}

    void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
        for (Iterator<Map.Entry<String, Long>> counts = state.counts.entrySet().iterator(); counts.hasNext(); ) {
            Map.Entry<String, Long> count = counts.next();
            out.writeByte(1);
            out.writeText(count.getKey());
            out.writeLong(count.getValue());
            chunkEnd.run();
        }
        state.versions.forEach((item, version) -> {
            out.writeByte(2);
            out.writeText(item);
            out.writeLong(version);
        });
        state.untilMicros.forEach((item, until) -> {
            out.writeByte(3);
            out.writeText(item);
            out.writeLong(until);
        });
        chunkEnd.run();
    }

    void decode(TallyState state, WireReader chunk) {
        while (chunk.remaining() > 0) {
            int part = chunk.readUnsignedByte();
            String item = chunk.readText();
            long value = chunk.readLong();
            switch (part) {
                case 1 -> state.counts.put(item, value);
                case 2 -> state.versions.put(item, (int) value);
                default -> state.untilMicros.put(item, value);
            }
        }
    }

    private record TallyStateCodec(Tally tally) implements StateCodec<TallyState> {
        @Override
        public void encode(TallyState state, WireWriter out, Runnable chunkEnd) {
            tally.encode(state, out, chunkEnd);
        }

        @Override
        public void decode(TallyState state, WireReader chunk) {
            tally.decode(state, chunk);
        }
    }

    private record EventCodec(Tally tally) implements Codec<TallyEvent> {
        @Override
        public void encode(TallyEvent event, WireWriter out) {
            out.writeText(event.item());
            out.writeLong(event.amount());
            out.writeLong(event.untilMicros());
            tally.endEvent(out);
        }

        @Override
        public TallyEvent decode(WireReader in) {
            TallyEvent event = new TallyEvent(in.readText(), in.readLong(), in.readLong());
            tally.endEvent(in);
            return event;
        }
    }

    private record CommandCodec(Tally tally) implements Codec<TallyCommand> {
        @Override
        public void encode(TallyCommand command, WireWriter out) {
            switch (command) {
                case TallyCommand.Count(var item, var amount, var until) -> {
                    out.writeByte(1);
                    out.writeText(item);
                    out.writeLong(amount);
                    out.writeLong(until);
                }
                case TallyCommand.CountAll(var items) -> {
                    out.writeByte(2);
                    out.writeVarInt(items.size());
                    tally.ordered(items).forEach(out::writeText);
                }
                case TallyCommand.Move(var subject, var from, var to) -> {
                    out.writeByte(3);
                    out.writeUuid(subject);
                    out.writeText(from);
                    out.writeText(to);
                }
                case TallyCommand.Uncount(var item) -> {
                    out.writeByte(4);
                    out.writeText(item);
                }
            }
        }

        @Override
        public TallyCommand decode(WireReader in) {
            return switch (in.readUnsignedByte()) {
                case 1 -> new TallyCommand.Count(in.readText(), in.readLong(), in.readLong());
                case 2 -> {
                    List<String> items = new java.util.ArrayList<>();
                    for (int left = in.readVarInt(); left > 0; left--) {
                        items.add(in.readText());
                    }
                    yield new TallyCommand.CountAll(tally.setOf(items));
                }
                case 3 -> new TallyCommand.Move(in.readUuid(), in.readText(), in.readText());
                default -> new TallyCommand.Uncount(in.readText());
            };
        }
    }
}
