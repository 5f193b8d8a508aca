package io.mainstay.core.domain;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/**
 * A business rule that a command broke: an answer, not an error.
 *
 * @param kind what sort of refusal it is, for callers that do not know the code
 * @param code stable and machine-readable: {@code funds-insufficient}
 * @param message one sentence for people, with the values that matter
 * @param pointer JSON pointer to the field of the command that is to blame, or empty
 */
public record Rejection(Kind kind, String code, String message, String pointer) {
    /** Writes the rejection as it stands in the log and in snapshots. */
    public void write(WireWriter out) {
        out.writeByte(kind.number());
        out.writeText(code);
        out.writeText(message);
        out.writeText(pointer);
    }

    public static Rejection read(WireReader in) {
        Kind kind = Kind.of(in.readUnsignedByte());
        return new Rejection(kind, in.readText(), in.readText(), in.readText());
    }

    /** Sorts of refusals. */
    public enum Kind {
        /** The command can never be right: a field has a value that does not fit the state's. */
        INVALID(1),
        /** The command names something that does not exist. */
        UNKNOWN(2),
        /** The command would make something that exists already. */
        CONFLICT(3),
        /** The command is well-formed but a rule forbids it now. */
        REFUSED(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** What stands for the kind in the log. */
        public int number() {
            return number;
        }

        /** The kind of a number in the log; {@link IllegalArgumentException} if there is none. */
        public static Kind of(int number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("rejection of unknown kind " + number);
        }
    }
}
