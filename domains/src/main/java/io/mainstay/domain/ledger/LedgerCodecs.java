package io.mainstay.domain.ledger;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;

/** How the ledger's commands and events stand in the log. The first byte is the type; types are never
 * reused. Transfers are written as type 3, and those of type 2, from before, stay readable. */
final class LedgerCodecs {
    static final Codec<LedgerCommand> COMMANDS = new Commands();
    static final Codec<LedgerEvent> EVENTS = new Events();

    private LedgerCodecs() {}

    private static final class Commands implements Codec<LedgerCommand> {
        @Override
        public void encode(LedgerCommand command, WireWriter out) {
            switch (command) {
                case OpenAccount(var id, var ledger, var asset, var minBalanceMinor) -> {
                    out.writeByte(1);
                    out.writeUuid(id);
                    out.writeText(ledger);
                    out.writeText(asset);
                    out.writeLong(minBalanceMinor);
                }
                case PostTransfer(var id, var from, var to, var amountMinor, var reference) -> {
                    out.writeByte(2);
                    out.writeUuid(id);
                    out.writeUuid(from);
                    out.writeUuid(to);
                    out.writeLong(amountMinor);
                    out.writeText(reference);
                }
            }
        }

        @Override
        public LedgerCommand decode(WireReader in) {
            int type = in.readUnsignedByte();
            UUID id = in.readUuid();
            return switch (type) {
                case 1 -> new OpenAccount(id, in.readText(), in.readText(), in.readLong());
                case 2 -> new PostTransfer(id, in.readUuid(), in.readUuid(), in.readLong(), in.readText());
                default -> throw new WireException("ledger command of unknown type " + type);
            };
        }
    }

    private static final class Events implements Codec<LedgerEvent> {
        @Override
        public void encode(LedgerEvent event, WireWriter out) {
            switch (event) {
                case AccountOpened(var id, var ledger, var asset, var minBalanceMinor) -> {
                    out.writeByte(1);
                    out.writeUuid(id);
                    out.writeText(ledger);
                    out.writeText(asset);
                    out.writeLong(minBalanceMinor);
                }
                case TransferPosted posted -> {
                    out.writeByte(3);
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
            }
        }

        @Override
        public LedgerEvent decode(WireReader in) {
            int type = in.readUnsignedByte();
            UUID id = in.readUuid();
            return switch (type) {
                case 1 -> new AccountOpened(id, in.readText(), in.readText(), in.readLong());
                case 2 ->
                    new TransferPosted(
                            id,
                            in.readUuid(),
                            in.readUuid(),
                            in.readText(),
                            in.readLong(),
                            in.readText(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong());
                case 3 ->
                    new TransferPosted(
                            id,
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
    }
}
