package io.mainstay.testkit;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.wire.WireWriter;
import java.util.Arrays;

/**
 * A decision as bytes, for comparing it with those of other witnesses, in this virtual machine or another.
 *
 * @param text the same for people
 */
record Verdict(byte[] bytes, String text) {
    private static final int ACCEPTED = 1;
    private static final int BEGUN = 2;
    private static final int REJECTED = 3;

    static <C extends Command, E extends Event> Verdict of(Domain<?, C, E> domain, Decision<E> decision) {
        WireWriter out = new WireWriter(64);
        switch (decision) {
            case Decision.Accepted<E>(var events, var messages) -> {
                out.writeByte(ACCEPTED);
                out.writeVarInt(events.size());
                events.forEach(event -> domain.events().encode(event, out));
                for (Message message : messages) {
                    out.writeInt(message.receiver());
                    write(domain, message.command(), out);
                }
            }
            case Decision.Begun<E>(var saga) -> {
                out.writeByte(BEGUN);
                write(domain, saga, out);
            }
            case Decision.Rejected<E>(var rejection) -> {
                out.writeByte(REJECTED);
                rejection.write(out);
            }
        }
        return new Verdict(out.toByteArray(), decision.toString());
    }

    boolean agreesWith(Verdict other) {
        return Arrays.equals(bytes, other.bytes);
    }

    private static void write(Domain<?, ?, ?> domain, Saga saga, WireWriter out) {
        out.writeUuid(saga.subject());
        out.writeLong(saga.timeoutMicros());
        for (Saga.Step step : saga.steps()) {
            out.writeInt(step.shard());
            write(domain, step.attempt(), out);
            out.writeByte((step.confirm().isPresent() ? 1 : 0) | (step.cancel().isPresent() ? 2 : 0));
            step.confirm().ifPresent(command -> write(domain, command, out));
            step.cancel().ifPresent(command -> write(domain, command, out));
        }
    }

    /** Of a command of another domain, whose codec is not at hand, its type. */
    private static <C extends Command> void write(Domain<?, C, ?> domain, Command command, WireWriter out) {
        if (domain.commandType().isInstance(command)) {
            domain.commands().encode(domain.commandType().cast(command), out);
        } else {
            out.writeText(command.getClass().getName());
        }
    }
}
