package io.mainstay.domain.ledger;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/**
 * How commands and events about transfers stand in the log; their types are 2 to 4 and 30 to 59. Transfers of the tenant
 * of those who name none are written without it, as they ever were.
 */
final class TransferCodecs {
    private TransferCodecs() {}

    static boolean isCommand(int type) {
        return type == 2 || type == 4 || type >= 30;
    }

    static boolean isEvent(int type) {
        return (type >= 2 && type <= 4) || type >= 30;
    }

    static void encode(PostTransfer post, WireWriter out) {
        out.writeByte(post.tenant().isEmpty() ? 2 : 4);
        writeTenant(post.tenant(), out);
        out.writeUuid(post.id());
        out.writeUuid(post.from());
        out.writeUuid(post.to());
        out.writeLong(post.amountMinor());
        out.writeText(post.reference());
    }

    static LedgerCommand decodeCommand(int type, WireReader in) {
        return switch (type) {
            case 2, 4 ->
                new PostTransfer(
                        type == 2 ? "" : in.readText(),
                        in.readUuid(),
                        in.readUuid(),
                        in.readUuid(),
                        in.readLong(),
                        in.readText());
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

    private static void writeTenant(String tenant, WireWriter out) {
        if (!tenant.isEmpty()) {
            out.writeText(tenant);
        }
    }
}
