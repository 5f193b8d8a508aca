package io.mainstay.domain.ledger;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/** How the ledger's commands and events stand in the log. The first byte is the type; types are never reused. */
final class LedgerCodecs {
    static final Codec<LedgerCommand> COMMANDS = new Commands();
    static final Codec<LedgerEvent> EVENTS = new Events();

    private LedgerCodecs() {}

    private static final class Commands implements Codec<LedgerCommand> {
        @Override
        public void encode(LedgerCommand command, WireWriter out) {
            switch (command) {
                case TransferCommand transfer -> TransferCodecs.encode(transfer, out);
                case LegCommand leg -> LegCodecs.encode(leg, out);
                case AccountCommand account -> AccountCodecs.encode(account, out);
            }
        }

        @Override
        public LedgerCommand decode(WireReader in) {
            int type = in.readUnsignedByte();
            if (type >= LegCodecs.TYPE_MIN) {
                return LegCodecs.decodeCommand(type, in);
            }
            return TransferCodecs.isCommand(type)
                    ? TransferCodecs.decodeCommand(type, in)
                    : AccountCodecs.decodeCommand(type, in);
        }
    }

    private static final class Events implements Codec<LedgerEvent> {
        @Override
        public void encode(LedgerEvent event, WireWriter out) {
            switch (event) {
                case TransferPosted posted -> TransferCodecs.encode(posted, out);
                case EntriesEvent entries -> EntriesCodecs.encode(entries, out);
                case AccountEvent account -> AccountCodecs.encode(account, out);
            }
        }

        @Override
        public LedgerEvent decode(WireReader in) {
            int type = in.readUnsignedByte();
            if (type >= EntriesCodecs.TYPE_MIN) {
                return EntriesCodecs.decode(type, in);
            }
            return TransferCodecs.isEvent(type)
                    ? TransferCodecs.decodeEvent(type, in)
                    : AccountCodecs.decodeEvent(type, in);
        }
    }
}
