package io.mainstay.domain.ledger;

import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The ledger's state in snapshots: chunks of accounts, in the order they were opened, and of recent transfer ids. */
final class LedgerStateCodec implements StateCodec<LedgerState> {
    static final LedgerStateCodec INSTANCE = new LedgerStateCodec();

    private static final int ACCOUNTS = 1;
    private static final int TRANSFER_IDS = 2;
    private static final int CHUNK_BYTES = 512 * 1024;

    private LedgerStateCodec() {}

    @Override
    public void encode(LedgerState state, WireWriter out, Runnable chunkEnd) {
        AccountTable accounts = state.accounts();
        out.writeByte(ACCOUNTS);
        for (int row = 0; row < accounts.size(); row++) {
            out.writeUuid(accounts.id(row));
            out.writeText(state.ledgerOf(row));
            out.writeText(state.assetOf(row));
            out.writeLong(accounts.minBalanceMinor(row));
            out.writeLong(accounts.balanceMinor(row));
            out.writeLong(accounts.version(row));
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
                out.writeByte(ACCOUNTS);
            }
        }
        chunkEnd.run();
        out.writeByte(TRANSFER_IDS);
        state.transferIds().oldestFirst(id -> {
            out.writeUuid(id);
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
                out.writeByte(TRANSFER_IDS);
            }
        });
        chunkEnd.run();
    }

    @Override
    public void decode(LedgerState state, WireReader chunk) {
        if (chunk.remaining() == 0) {
            return;
        }
        int kind = chunk.readUnsignedByte();
        while (chunk.remaining() > 0) {
            switch (kind) {
                case ACCOUNTS -> state.restore(readAccount(chunk));
                case TRANSFER_IDS -> state.transferIds().add(chunk.readUuid());
                default -> throw new WireException("ledger state with unknown part " + kind);
            }
        }
    }

    @Override
    public List<?> rows(WireReader chunk) {
        List<Object> rows = new ArrayList<>();
        int kind = chunk.remaining() == 0 ? ACCOUNTS : chunk.readUnsignedByte();
        while (chunk.remaining() > 0) {
            rows.add(kind == ACCOUNTS ? readAccount(chunk) : chunk.readUuid());
        }
        return rows;
    }

    private static LedgerState.AccountView readAccount(WireReader chunk) {
        return new LedgerState.AccountView(
                chunk.readUuid(),
                chunk.readText(),
                chunk.readText(),
                chunk.readLong(),
                chunk.readLong(),
                chunk.readLong());
    }
}
