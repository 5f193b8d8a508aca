package io.mainstay.domain.ledger;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How the commands that shards give each other about transfers stand in the log; their types are 40 to 59. */
final class LegCodecs {
    static final int TYPE_MIN = 40;

    private LegCodecs() {}

    static void encode(LegCommand command, WireWriter out) {
        switch (command) {
            case TakeOut take -> {
                begin(40, take.tenant(), take.id(), out);
                writeLegs(take.legs(), out);
                writeFarLegs(take.elsewhere(), out);
                AccountCodecs.writeOptional(take.reverses(), out);
                out.writeText(take.reference());
            }
            case PutIn(var tenant, var id, var legs) -> {
                begin(41, tenant, id, out);
                writeLegs(legs, out);
            }
            case Settle(var tenant, var id) -> begin(42, tenant, id, out);
            case Return(var tenant, var id) -> begin(43, tenant, id, out);
            case HoldAmount hold -> {
                begin(44, hold.tenant(), hold.id(), out);
                writeLeg(hold.from(), out);
                writeFarLeg(hold.to(), out);
                out.writeText(hold.reference());
                out.writeVarLong(hold.expiresMicros());
            }
            case TakeHeld(var tenant, var id, var amountMinor) -> {
                begin(45, tenant, id, out);
                out.writeVarLong(amountMinor);
            }
            case Expect(var tenant, var id, var to) -> {
                begin(46, tenant, id, out);
                writeLeg(to, out);
            }
            case GiveExpected(var tenant, var id, var amountMinor) -> {
                begin(47, tenant, id, out);
                out.writeVarLong(amountMinor);
            }
            case ReleaseExpected(var tenant, var id) -> begin(48, tenant, id, out);
        }
    }

    static LegCommand decodeCommand(int type, WireReader in) {
        String tenant = in.readText();
        UUID id = in.readUuid();
        return switch (type) {
            case 40 ->
                new TakeOut(tenant, id, readLegs(in), readFarLegs(in), AccountCodecs.readOptional(in), in.readText());
            case 41 -> new PutIn(tenant, id, readLegs(in));
            case 42 -> new Settle(tenant, id);
            case 43 -> new Return(tenant, id);
            case 44 -> new HoldAmount(tenant, id, readLeg(in), readFarLeg(in), in.readText(), in.readVarLong());
            case 45 -> new TakeHeld(tenant, id, in.readVarLong());
            case 46 -> new Expect(tenant, id, readLeg(in));
            case 47 -> new GiveExpected(tenant, id, in.readVarLong());
            case 48 -> new ReleaseExpected(tenant, id);
            default -> throw new WireException("ledger command of unknown type " + type);
        };
    }

    static void begin(int type, String tenant, UUID id, WireWriter out) {
        out.writeByte(type);
        out.writeText(tenant);
        out.writeUuid(id);
    }

    static void writeLeg(Leg leg, WireWriter out) {
        out.writeUuid(leg.account());
        out.writeText(leg.asset());
        out.writeSignedVarLong(leg.amountMinor());
    }

    static Leg readLeg(WireReader in) {
        return new Leg(in.readUuid(), in.readText(), in.readSignedVarLong());
    }

    static void writeFarLeg(FarLeg far, WireWriter out) {
        out.writeVarInt(far.shard());
        writeLeg(far.leg(), out);
    }

    static FarLeg readFarLeg(WireReader in) {
        return new FarLeg(in.readVarInt(), readLeg(in));
    }

    static void writeLegs(List<Leg> legs, WireWriter out) {
        out.writeVarInt(legs.size());
        legs.forEach(leg -> writeLeg(leg, out));
    }

    static List<Leg> readLegs(WireReader in) {
        int count = in.readVarInt();
        List<Leg> legs = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            legs.add(readLeg(in));
        }
        return legs;
    }

    static void writeFarLegs(List<FarLeg> legs, WireWriter out) {
        out.writeVarInt(legs.size());
        legs.forEach(leg -> writeFarLeg(leg, out));
    }

    static List<FarLeg> readFarLegs(WireReader in) {
        int count = in.readVarInt();
        List<FarLeg> legs = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            legs.add(readFarLeg(in));
        }
        return legs;
    }
}
