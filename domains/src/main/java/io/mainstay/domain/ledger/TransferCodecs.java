package io.mainstay.domain.ledger;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;

/**
 * How commands about transfers, and events of those within a shard, stand in the log; their types are 2 to 4 and 30 to 39. Transfers of the tenant
 * of those who name none are written without it, as they ever were.
 */
final class TransferCodecs {
    private TransferCodecs() {}

    static boolean isCommand(int type) {
        return type == 2 || type == 4 || type >= 30;
    }

    static boolean isEvent(int type) {
        return type >= 2 && type <= 4;
    }

    static void encode(TransferCommand command, WireWriter out) {
        switch (command) {
            case PostTransfer post -> encodePost(post, out);
            case ReserveTransfer reserve -> {
                begin(30, reserve.tenant(), reserve.id(), out);
                out.writeUuid(reserve.from());
                out.writeUuid(reserve.to());
                out.writeVarLong(reserve.amountMinor());
                out.writeText(reserve.reference());
                out.writeVarLong(reserve.expiryMicros());
            }
            case ConfirmTransfer(var tenant, var id, var amountMinor) -> {
                begin(31, tenant, id, out);
                out.writeVarLong(amountMinor);
            }
            case CancelTransfer(var tenant, var id) -> begin(32, tenant, id, out);
            case ReverseTransfer(var tenant, var id, var original) -> {
                begin(33, tenant, id, out);
                out.writeUuid(original);
            }
            case PostEntries(var tenant, var id, var legs, var reference) -> {
                begin(34, tenant, id, out);
                LegCodecs.writeLegs(legs, out);
                out.writeText(reference);
            }
        }
    }

    private static void encodePost(PostTransfer post, WireWriter out) {
        out.writeByte(post.tenant().isEmpty() ? 2 : 4);
        writeTenant(post.tenant(), out);
        out.writeUuid(post.id());
        out.writeUuid(post.from());
        out.writeUuid(post.to());
        out.writeLong(post.amountMinor());
        out.writeText(post.reference());
    }

    static TransferCommand decodeCommand(int type, WireReader in) {
        String tenant = type == 2 ? "" : in.readText();
        UUID id = in.readUuid();
        return switch (type) {
            case 2, 4 -> new PostTransfer(tenant, id, in.readUuid(), in.readUuid(), in.readLong(), in.readText());
            case 30 ->
                new ReserveTransfer(
                        tenant, id, in.readUuid(), in.readUuid(), in.readVarLong(), in.readText(), in.readVarLong());
            case 31 -> new ConfirmTransfer(tenant, id, in.readVarLong());
            case 32 -> new CancelTransfer(tenant, id);
            case 33 -> new ReverseTransfer(tenant, id, in.readUuid());
            case 34 -> new PostEntries(tenant, id, LegCodecs.readLegs(in), in.readText());
            default -> throw new WireException("ledger command of unknown type " + type);
        };
    }

    static void encode(TransferPosted posted, WireWriter out) {
        out.writeByte(posted.tenant().isEmpty() ? 3 : 4);
        writeTenant(posted.tenant(), out);
        out.writeUuid(posted.id());
        out.writeUuid(posted.from());
        out.writeUuid(posted.to());
        out.writeText(posted.asset());
        out.writeSignedVarLong(posted.amountMinor());
        out.writeText(posted.reference());
        out.writeSignedVarLong(posted.fromBalanceMinor());
        out.writeVarLong(posted.fromVersion());
        out.writeSignedVarLong(posted.toBalanceMinor());
        out.writeVarLong(posted.toVersion());
    }

    static LedgerEvent decodeEvent(int type, WireReader in) {
        return switch (type) {
            case 2 ->
                new TransferPosted(
                        in.readUuid(),
                        in.readUuid(),
                        in.readUuid(),
                        in.readText(),
                        in.readLong(),
                        in.readText(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong());
            case 3, 4 ->
                new TransferPosted(
                        type == 3 ? "" : in.readText(),
                        in.readUuid(),
                        in.readUuid(),
                        in.readUuid(),
                        in.readText(),
                        in.readSignedVarLong(),
                        in.readText(),
                        in.readSignedVarLong(),
                        in.readVarLong(),
                        in.readSignedVarLong(),
                        in.readVarLong());
            default -> throw new WireException("ledger event of unknown type " + type);
        };
    }

    private static void begin(int type, String tenant, UUID id, WireWriter out) {
        out.writeByte(type);
        out.writeText(tenant);
        out.writeUuid(id);
    }

    private static void writeTenant(String tenant, WireWriter out) {
        if (!tenant.isEmpty()) {
            out.writeText(tenant);
        }
    }
}
