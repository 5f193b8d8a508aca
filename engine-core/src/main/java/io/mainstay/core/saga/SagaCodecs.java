package io.mainstay.core.saga;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.saga.SagaEvent.PlannedStep;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How sagas' commands and events stand in the log. The first byte is the type; types are never reused. */
final class SagaCodecs {
    static final Codec<SagaCommand> COMMANDS = new Commands();
    static final Codec<SagaEvent> EVENTS = new Events();

    private SagaCodecs() {}

    private static final class Commands implements Codec<SagaCommand> {
        @Override
        public void encode(SagaCommand command, WireWriter out) {
            switch (command) {
                case SagaCommand.Attempt(var coordinator, var saga, var step, var deadlineMicros, var order) -> {
                    out.writeByte(1);
                    out.writeVarInt(coordinator);
                    place(saga, step, out);
                    out.writeVarLong(deadlineMicros);
                    order.write(out);
                }
                case SagaCommand.Attempted(var saga, var step, var refusal) -> {
                    out.writeByte(2);
                    place(saga, step, out);
                    optional(refusal, Rejection::write, out);
                }
                case SagaCommand.Finish(var coordinator, var saga, var step, var cancels, var order) -> {
                    out.writeByte(3);
                    out.writeVarInt(coordinator);
                    place(saga, step, out);
                    out.writeByte(cancels ? 1 : 0);
                    order.write(out);
                }
                case SagaCommand.Finished(var saga, var step, var stuck) -> {
                    out.writeByte(4);
                    place(saga, step, out);
                    optional(stuck, Rejection::write, out);
                }
            }
        }

        @Override
        public SagaCommand decode(WireReader in) {
            int type = in.readUnsignedByte();
            return switch (type) {
                case 1 ->
                    new SagaCommand.Attempt(
                            in.readVarInt(), in.readVarLong(), in.readVarInt(), in.readVarLong(), StepCommand.read(in));
                case 2 -> new SagaCommand.Attempted(in.readVarLong(), in.readVarInt(), optional(Rejection::read, in));
                case 3 ->
                    new SagaCommand.Finish(
                            in.readVarInt(),
                            in.readVarLong(),
                            in.readVarInt(),
                            in.readUnsignedByte() == 1,
                            StepCommand.read(in));
                case 4 -> new SagaCommand.Finished(in.readVarLong(), in.readVarInt(), optional(Rejection::read, in));
                default -> throw new WireException("saga command of unknown type " + type);
            };
        }
    }

    private static final class Events implements Codec<SagaEvent> {
        @Override
        public void encode(SagaEvent event, WireWriter out) {
            switch (event) {
                case SagaEvent.Began began -> began(began, out);
                case SagaEvent.AttemptMade(var saga, var step) -> {
                    out.writeByte(2);
                    place(saga, step, out);
                }
                case SagaEvent.AttemptRefused(var saga, var step, var refusal) -> {
                    out.writeByte(3);
                    place(saga, step, out);
                    refusal.write(out);
                }
                case SagaEvent.TimedOut(var saga, var refusal) -> {
                    out.writeByte(4);
                    out.writeVarLong(saga);
                    refusal.write(out);
                }
                case SagaEvent.StepFinished(var saga, var step) -> {
                    out.writeByte(5);
                    place(saga, step, out);
                }
                case SagaEvent.StepStuck(var saga, var step, var refusal) -> {
                    out.writeByte(6);
                    place(saga, step, out);
                    refusal.write(out);
                }
                case SagaEvent.Ended(var saga, var refusal) -> {
                    out.writeByte(7);
                    out.writeVarLong(saga);
                    optional(refusal, Rejection::write, out);
                }
                case SagaEvent.Declined(var coordinator, var saga, var step, var refusal) -> {
                    out.writeByte(8);
                    out.writeVarInt(coordinator);
                    place(saga, step, out);
                    refusal.write(out);
                }
            }
        }

        private static void began(SagaEvent.Began began, WireWriter out) {
            out.writeByte(1);
            out.writeVarLong(began.saga());
            out.writeUuid(began.subject());
            out.writeVarLong(began.beganMicros());
            out.writeVarLong(began.deadlineMicros());
            out.writeVarInt(began.steps().size());
            for (PlannedStep step : began.steps()) {
                out.writeVarInt(step.shard());
                out.writeText(step.what());
                optional(step.attempt(), StepCommand::write, out);
                optional(step.confirm(), StepCommand::write, out);
                optional(step.cancel(), StepCommand::write, out);
            }
        }

        @Override
        public SagaEvent decode(WireReader in) {
            int type = in.readUnsignedByte();
            return switch (type) {
                case 1 ->
                    new SagaEvent.Began(in.readVarLong(), in.readUuid(), in.readVarLong(), in.readVarLong(), steps(in));
                case 2 -> new SagaEvent.AttemptMade(in.readVarLong(), in.readVarInt());
                case 3 -> new SagaEvent.AttemptRefused(in.readVarLong(), in.readVarInt(), Rejection.read(in));
                case 4 -> new SagaEvent.TimedOut(in.readVarLong(), Rejection.read(in));
                case 5 -> new SagaEvent.StepFinished(in.readVarLong(), in.readVarInt());
                case 6 -> new SagaEvent.StepStuck(in.readVarLong(), in.readVarInt(), Rejection.read(in));
                case 7 -> new SagaEvent.Ended(in.readVarLong(), optional(Rejection::read, in));
                case 8 ->
                    new SagaEvent.Declined(in.readVarInt(), in.readVarLong(), in.readVarInt(), Rejection.read(in));
                default -> throw new WireException("saga event of unknown type " + type);
            };
        }

        private static List<PlannedStep> steps(WireReader in) {
            List<PlannedStep> steps = new ArrayList<>();
            for (int left = in.readVarInt(); left > 0; left--) {
                steps.add(new PlannedStep(
                        in.readVarInt(),
                        in.readText(),
                        optional(StepCommand::read, in),
                        optional(StepCommand::read, in),
                        optional(StepCommand::read, in)));
            }
            return steps;
        }
    }

    private static void place(long saga, int step, WireWriter out) {
        out.writeVarLong(saga);
        out.writeVarInt(step);
    }

    private static <T> void optional(Optional<T> value, BiConsumer<T, WireWriter> write, WireWriter out) {
        out.writeByte(value.isPresent() ? 1 : 0);
        value.ifPresent(present -> write.accept(present, out));
    }

    private static <T> Optional<T> optional(Function<WireReader, T> read, WireReader in) {
        return in.readUnsignedByte() == 0 ? Optional.empty() : Optional.of(read.apply(in));
    }
}
