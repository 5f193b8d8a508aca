package io.mainstay.domain.ledger;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How events about transfers with entries stand in the log; their types are 30 to 59. Entries come first. */
final class EntriesCodecs {
    static final int TYPE_MIN = 30;

    private EntriesCodecs() {}

    static void encode(EntriesEvent event, WireWriter out) {
        switch (event) {
            case TransferReserved reserved -> {
                begin(30, reserved, out);
                out.writeUuid(reserved.from());
                out.writeUuid(reserved.to());
                out.writeText(reserved.asset());
                out.writeVarLong(reserved.amountMinor());
                out.writeText(reserved.reference());
                out.writeVarLong(reserved.expiresMicros());
            }
            case TransferConfirmed confirmed -> {
                begin(31, confirmed, out);
                out.writeVarLong(confirmed.amountMinor());
            }
            case TransferCancelled cancelled -> begin(32, cancelled, out);
            case TransferExpired expired -> begin(33, expired, out);
            case EntriesPosted posted -> {
                begin(34, posted, out);
                AccountCodecs.writeOptional(posted.reverses(), out);
                out.writeText(posted.reference());
            }
            case TakenOut taken -> {
                begin(40, taken, out);
                LegCodecs.writeFarLegs(taken.elsewhere(), out);
                AccountCodecs.writeOptional(taken.reverses(), out);
                out.writeText(taken.reference());
            }
            case EntriesPutIn put -> begin(41, put, out);
            case Settled settled -> {
                begin(42, settled, out);
                out.writeByte(settled.stage().number());
            }
            case Returned returned -> {
                begin(43, returned, out);
                out.writeByte(returned.stage().number());
            }
            case AmountHeld held -> {
                begin(44, held, out);
                LegCodecs.writeLeg(held.from(), out);
                LegCodecs.writeFarLeg(held.to(), out);
                out.writeText(held.reference());
                out.writeVarLong(held.expiresMicros());
            }
            case HeldTaken taken -> {
                begin(45, taken, out);
                out.writeVarLong(taken.amountMinor());
            }
            case AmountExpected expected -> {
                begin(46, expected, out);
                LegCodecs.writeLeg(expected.to(), out);
            }
            case ExpectedGiven given -> {
                begin(47, given, out);
                out.writeVarLong(given.amountMinor());
            }
            case ExpectedReleased released -> begin(48, released, out);
        }
    }

    static EntriesEvent decode(int type, WireReader in) {
        String tenant = in.readText();
        UUID id = in.readUuid();
        List<Entry> entries = readEntries(in);
        return switch (type) {
            case 30 ->
                new TransferReserved(
                        tenant,
                        id,
                        in.readUuid(),
                        in.readUuid(),
                        in.readText(),
                        in.readVarLong(),
                        in.readText(),
                        in.readVarLong(),
                        entries);
            case 31 -> new TransferConfirmed(tenant, id, in.readVarLong(), entries);
            case 32 -> new TransferCancelled(tenant, id, entries);
            case 33 -> new TransferExpired(tenant, id, entries);
            case 34 -> new EntriesPosted(tenant, id, AccountCodecs.readOptional(in), in.readText(), entries);
            case 40 ->
                new TakenOut(
                        tenant, id, LegCodecs.readFarLegs(in), AccountCodecs.readOptional(in), in.readText(), entries);
            case 41 -> new EntriesPutIn(tenant, id, entries);
            case 42 -> new Settled(tenant, id, TransferStage.of(in.readUnsignedByte()), entries);
            case 43 -> new Returned(tenant, id, TransferStage.of(in.readUnsignedByte()), entries);
            case 44 ->
                new AmountHeld(
                        tenant,
                        id,
                        LegCodecs.readLeg(in),
                        LegCodecs.readFarLeg(in),
                        in.readText(),
                        in.readVarLong(),
                        entries);
            case 45 -> new HeldTaken(tenant, id, in.readVarLong(), entries);
            case 46 -> new AmountExpected(tenant, id, LegCodecs.readLeg(in), entries);
            case 47 -> new ExpectedGiven(tenant, id, in.readVarLong(), entries);
            case 48 -> new ExpectedReleased(tenant, id, entries);
            default -> throw new WireException("ledger event of unknown type " + type);
        };
    }

    private static void begin(int type, EntriesEvent event, WireWriter out) {
        LegCodecs.begin(type, event.tenant(), event.id(), out);
        out.writeVarInt(event.entries().size());
        for (Entry entry : event.entries()) {
            out.writeUuid(entry.account());
            out.writeText(entry.asset());
            out.writeSignedVarLong(entry.balanceChangeMinor());
            out.writeSignedVarLong(entry.reservedChangeMinor());
            out.writeSignedVarLong(entry.expectedChangeMinor());
            out.writeSignedVarLong(entry.balanceMinor());
            out.writeSignedVarLong(entry.reservedMinor());
            out.writeSignedVarLong(entry.expectedMinor());
            out.writeVarLong(entry.version());
        }
    }

    private static List<Entry> readEntries(WireReader in) {
        int count = in.readVarInt();
        List<Entry> entries = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            entries.add(new Entry(
                    in.readUuid(),
                    in.readText(),
                    in.readSignedVarLong(),
                    in.readSignedVarLong(),
                    in.readSignedVarLong(),
                    in.readSignedVarLong(),
                    in.readSignedVarLong(),
                    in.readSignedVarLong(),
                    in.readVarLong()));
        }
        return entries;
    }
}
