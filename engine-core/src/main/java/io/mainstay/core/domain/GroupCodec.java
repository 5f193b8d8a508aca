package io.mainstay.core.domain;

import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How groups stand in the log: the number of steps, then of each its kind and the command or the inner steps. */
final class GroupCodec implements Codec<CommandGroup> {
    private static final int DO = 1;
    private static final int ATTEMPT = 2;

    private final Domains domains;

    GroupCodec(Domains domains) {
        this.domains = domains;
    }

    @Override
    public void encode(CommandGroup group, WireWriter out) {
        encode(group.steps(), out);
    }

    @Override
    public CommandGroup decode(WireReader in) {
        return new CommandGroup(decode(in, 0));
    }

    /** The bytes of a group as the installed versions write them. */
    byte[] upcast(byte[] bytes, Map<Integer, Integer> written) {
        WireReader in = new WireReader(bytes);
        WireWriter out = new WireWriter(bytes.length + 16);
        upcast(in, out, written, 0);
        return out.toByteArray();
    }

    private void upcast(WireReader in, WireWriter out, Map<Integer, Integer> written, int depth) {
        checkDepth(depth);
        int steps = in.readVarInt();
        out.writeVarInt(steps);
        for (int left = steps; left > 0; left--) {
            int kind = in.readUnsignedByte();
            out.writeByte(kind);
            switch (kind) {
                case DO -> {
                    int id = in.readUnsignedByte();
                    byte[] command = domains.upcastCommand(id, in.readBytes(), written);
                    out.writeByte(id);
                    int began = out.beginBytes();
                    out.writeRaw(command, 0, command.length);
                    out.endBytes(began);
                }
                case ATTEMPT -> upcast(in, out, written, depth + 1);
                default -> throw new WireException("step of unknown kind " + kind);
            }
        }
    }

    private void encode(List<Step> steps, WireWriter out) {
        out.writeVarInt(steps.size());
        for (Step step : steps) {
            switch (step) {
                case Do(var command) -> {
                    out.writeByte(DO);
                    out.writeByte(domains.of(command).id());
                    int began = out.beginBytes();
                    domains.encode(command, out);
                    out.endBytes(began);
                }
                case Attempt(var inner) -> {
                    out.writeByte(ATTEMPT);
                    encode(inner, out);
                }
            }
        }
    }

    private List<Step> decode(WireReader in, int depth) {
        checkDepth(depth);
        List<Step> steps = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            int kind = in.readUnsignedByte();
            steps.add(
                    switch (kind) {
                        case DO -> new Do(domains.decode(in.readUnsignedByte(), in.readBytes()));
                        case ATTEMPT -> new Attempt(decode(in, depth + 1));
                        default -> throw new WireException("step of unknown kind " + kind);
                    });
        }
        return steps;
    }

    private static void checkDepth(int depth) {
        if (depth > CommandGroup.DEPTH_MAX) {
            throw new WireException("group with attempts more than " + CommandGroup.DEPTH_MAX + " deep");
        }
    }
}
