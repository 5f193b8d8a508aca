package io.mainstay.domain.ledger;

import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger's state in snapshots, in chunks of one kind each: assets, parties and accounts in the order they came, then
 * transfers from the oldest on. Kinds are never reused; what version 1 wrote stays readable.
 */
final class LedgerStateCodec implements StateCodec<LedgerState> {
    static final LedgerStateCodec INSTANCE = new LedgerStateCodec();

    /** Accounts of version 1, without tenant and highest balance. */
    private static final int PLAIN_ACCOUNTS = 1;

    private static final int TRANSFER_IDS = 2;
    private static final int ASSETS = 3;
    private static final int PARTIES = 4;
    private static final int ACCOUNTS = 5;
    private static final int CHUNK_BYTES = 512 * 1024;

    /** An asset that a tenant has defined. */
    record AssetRow(String tenant, String code, int scale) {}

    private LedgerStateCodec() {}

    @Override
    public void encode(LedgerState state, WireWriter out, Runnable chunkEnd) {
        Chunks chunks = new Chunks(out, chunkEnd);
        chunks.begin(ASSETS);
        for (Assets.Asset asset : state.assets().sorted()) {
            if (asset.isDefined()) {
                out.writeText(asset.tenant());
                out.writeText(asset.code());
                out.writeByte(asset.scale());
                chunks.next();
            }
        }
        chunks.end();
        chunks.begin(PARTIES);
        for (int number = 0; number < state.parties().size(); number++) {
            writeParty(state.parties().get(number), out);
            chunks.next();
        }
        chunks.end();
        chunks.begin(ACCOUNTS);
        for (int row = 0; row < state.accountCount(); row++) {
            writeAccount(state.view(row), out);
            chunks.next();
        }
        chunks.end();
        chunks.begin(TRANSFER_IDS);
        state.transferIds().oldestFirst(id -> {
            out.writeUuid(id);
            chunks.next();
        });
        chunks.end();
    }

    @Override
    public void decode(LedgerState state, WireReader chunk) {
        if (chunk.remaining() == 0) {
            return;
        }
        int kind = chunk.readUnsignedByte();
        while (chunk.remaining() > 0) {
            switch (kind) {
                case PLAIN_ACCOUNTS -> state.add(readPlainAccount(chunk));
                case TRANSFER_IDS -> state.transferIds().add(chunk.readUuid());
                case ASSETS -> {
                    AssetRow asset = readAsset(chunk);
                    state.assets().define(asset.tenant(), asset.code(), asset.scale());
                }
                case PARTIES -> state.parties().add(readParty(chunk));
                case ACCOUNTS -> state.add(readAccount(chunk));
                default -> throw unknown(kind);
            }
        }
    }

    @Override
    public List<?> rows(WireReader chunk) {
        List<Object> rows = new ArrayList<>();
        int kind = chunk.remaining() == 0 ? ACCOUNTS : chunk.readUnsignedByte();
        while (chunk.remaining() > 0) {
            rows.add(
                    switch (kind) {
                        case PLAIN_ACCOUNTS -> readPlainAccount(chunk);
                        case TRANSFER_IDS -> chunk.readUuid();
                        case ASSETS -> readAsset(chunk);
                        case PARTIES -> readParty(chunk);
                        case ACCOUNTS -> readAccount(chunk);
                        default -> throw unknown(kind);
                    });
        }
        return rows;
    }

    private static WireException unknown(int kind) {
        return new WireException("ledger state with unknown part " + kind);
    }

    private static AssetRow readAsset(WireReader in) {
        return new AssetRow(in.readText(), in.readText(), in.readUnsignedByte());
    }

    private static void writeParty(PartyView party, WireWriter out) {
        out.writeText(party.tenant());
        out.writeUuid(party.id());
        out.writeText(party.ledger());
        out.writeText(party.name());
        out.writeText(party.email());
        out.writeVarLong(party.version());
    }

    private static PartyView readParty(WireReader in) {
        return new PartyView(
                in.readText(), in.readUuid(), in.readText(), in.readText(), in.readText(), in.readVarLong());
    }

    private static void writeAccount(AccountView account, WireWriter out) {
        out.writeText(account.tenant());
        out.writeUuid(account.id());
        out.writeText(account.ledger());
        out.writeText(account.asset());
        out.writeSignedVarLong(account.minBalanceMinor());
        out.writeSignedVarLong(account.maxBalanceMinor());
        out.writeSignedVarLong(account.balanceMinor());
        out.writeSignedVarLong(account.reservedMinor());
        out.writeSignedVarLong(account.expectedMinor());
        out.writeVarLong(account.version());
        out.writeByte(account.status().number());
        out.writeText(account.reference());
        AccountCodecs.writeOptional(account.owner(), out);
    }

    private static AccountView readAccount(WireReader in) {
        return new AccountView(
                in.readText(),
                in.readUuid(),
                in.readText(),
                in.readText(),
                in.readSignedVarLong(),
                in.readSignedVarLong(),
                in.readSignedVarLong(),
                in.readSignedVarLong(),
                in.readSignedVarLong(),
                in.readVarLong(),
                AccountStatus.of(in.readUnsignedByte()),
                in.readText(),
                AccountCodecs.readOptional(in));
    }

    private static AccountView readPlainAccount(WireReader in) {
        return new AccountView(
                in.readUuid(), in.readText(), in.readText(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Ends a chunk when it is large enough, and begins another of its kind. */
    private static final class Chunks {
        private final WireWriter out;
        private final Runnable chunkEnd;
        private int kind;
        private boolean hasRows;

        Chunks(WireWriter out, Runnable chunkEnd) {
            this.out = out;
            this.chunkEnd = chunkEnd;
        }

        void begin(int kindOfRows) {
            kind = kindOfRows;
            hasRows = false;
            out.writeByte(kind);
        }

        /** A row was written. */
        void next() {
            hasRows = true;
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
                begin(kind);
            }
        }

        /** A kind without rows leaves no chunk. */
        void end() {
            if (hasRows) {
                chunkEnd.run();
            } else {
                out.truncate(out.size() - 1);
            }
        }
    }
}
