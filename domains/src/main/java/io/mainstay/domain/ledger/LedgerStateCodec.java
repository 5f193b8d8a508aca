package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.snapshot.RowChunks;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import io.mainstay.domain.ledger.LedgerState.TransferView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The ledger's state in snapshots, in chunks of one kind each: assets, parties and accounts in the order they came, then
 * transfers from the oldest on. Kinds are never reused; what version 1 wrote stays readable.
 */
final class LedgerStateCodec implements StateCodec<LedgerState> {
    static final LedgerStateCodec INSTANCE = new LedgerStateCodec();

    /** Accounts of version 1, without tenant and highest balance. */
    private static final int PLAIN_ACCOUNTS = 1;

    /** Transfers of version 1, of which nothing is known but their ids. */
    private static final int TRANSFER_IDS = 2;

    private static final int ASSETS = 3;
    private static final int PARTIES = 4;
    private static final int ACCOUNTS = 5;
    private static final int IN_FLIGHT = 6;
    private static final int TRANSFERS = 7;
    private static final int PENDING = 8;

    private static final int FORM_BARE = 0;
    private static final int FORM_ROWS = 1;
    private static final int FORM_LEGS = 2;

    /** An asset that a tenant has defined. */
    record AssetRow(String tenant, String code, int scale) {}

    /** What of a tenant's asset is on its way to other shards. */
    record InFlightRow(String tenant, String code, long amountMinor) {}

    /**
     * A finished transfer: between two accounts, by their numbers in the order of accounts, or with its legs, or without
     * either.
     */
    record FinishedRow(
            UUID id,
            TransferStage stage,
            int fromRow,
            int toRow,
            long amountMinor,
            String tenant,
            List<Leg> legs,
            List<FarLeg> elsewhere) {
        static final int NO_ROW = -1;
    }

    private LedgerStateCodec() {}

    @Override
    public void encode(LedgerState state, WireWriter out, Runnable chunkEnd) {
        RowChunks chunks = new RowChunks(out, chunkEnd);
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
        long[] sums = new long[state.assets().size()];
        for (int row = 0; row < state.accountCount(); row++) {
            sums[state.accounts().asset(row)] += state.accounts().balanceMinor(row);
            writeAccount(state.view(row), out);
            chunks.next();
        }
        chunks.end();
        checkSums(state, sums);
        chunks.begin(IN_FLIGHT);
        for (Assets.Asset asset : state.assets().sorted()) {
            if (asset.inFlightMinor() != 0) {
                writeInFlight(new InFlightRow(asset.tenant(), asset.code(), asset.inFlightMinor()), out);
                chunks.next();
            }
        }
        chunks.end();
        chunks.begin(TRANSFERS);
        TransferTable transfers = state.transfers();
        for (long position = transfers.oldest(); position < transfers.next(); position++) {
            writeFinished(state, position, out);
            chunks.next();
        }
        chunks.end();
        chunks.begin(PENDING);
        for (Pending pending : state.pending().sorted()) {
            writePending(pending, out);
            chunks.next();
        }
        chunks.end();
    }

    /** Of each asset, the accounts' balances and what is on its way to other shards add up to zero. */
    private static void checkSums(LedgerState state, long[] sums) {
        for (int number = 0; number < sums.length; number++) {
            long inFlightMinor = state.assets().get(number).inFlightMinor();
            Invariants.check(
                    sums[number] + inFlightMinor == 0,
                    "the accounts of an asset hold %d and %d of it left for other shards",
                    sums[number],
                    inFlightMinor);
        }
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
                case TRANSFER_IDS -> state.transfers().addBare(chunk.readUuid(), TransferStage.POSTED);
                case ASSETS -> {
                    AssetRow asset = readAsset(chunk);
                    state.assets().define(asset.tenant(), asset.code(), asset.scale());
                }
                case PARTIES -> state.parties().add(readParty(chunk));
                case ACCOUNTS -> state.add(readAccount(chunk));
                case IN_FLIGHT -> {
                    InFlightRow row = readInFlight(chunk);
                    Assets assets = state.assets();
                    assets.leave(assets.numberOf(row.tenant(), row.code()), row.amountMinor());
                }
                case TRANSFERS -> restore(state, readFinished(chunk));
                case PENDING -> state.pending().add(readPending(chunk));
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
                        case IN_FLIGHT -> readInFlight(chunk);
                        case TRANSFERS -> readFinished(chunk);
                        case PENDING -> readPending(chunk);
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

    private static void writeInFlight(InFlightRow row, WireWriter out) {
        out.writeText(row.tenant());
        out.writeText(row.code());
        out.writeSignedVarLong(row.amountMinor());
    }

    private static InFlightRow readInFlight(WireReader in) {
        return new InFlightRow(in.readText(), in.readText(), in.readSignedVarLong());
    }

    private static void writeFinished(LedgerState state, long position, WireWriter out) {
        TransferTable transfers = state.transfers();
        out.writeUuid(transfers.id(position));
        out.writeByte(transfers.stage(position).number());
        if (transfers.hasRows(position)) {
            out.writeByte(FORM_ROWS);
            out.writeVarInt(transfers.fromRow(position));
            out.writeVarInt(transfers.toRow(position));
            out.writeVarLong(transfers.amountMinor(position));
        } else if (transfers.legCount(position) > 0) {
            TransferView view = state.finished(position);
            out.writeByte(FORM_LEGS);
            out.writeText(view.tenant());
            LegCodecs.writeLegs(view.legs(), out);
            LegCodecs.writeFarLegs(view.elsewhere(), out);
        } else {
            out.writeByte(FORM_BARE);
        }
    }

    private static FinishedRow readFinished(WireReader in) {
        UUID id = in.readUuid();
        TransferStage stage = TransferStage.of(in.readUnsignedByte());
        int form = in.readUnsignedByte();
        return switch (form) {
            case FORM_BARE ->
                new FinishedRow(id, stage, FinishedRow.NO_ROW, FinishedRow.NO_ROW, 0, "", List.of(), List.of());
            case FORM_ROWS ->
                new FinishedRow(
                        id, stage, in.readVarInt(), in.readVarInt(), in.readVarLong(), "", List.of(), List.of());
            case FORM_LEGS ->
                new FinishedRow(
                        id,
                        stage,
                        FinishedRow.NO_ROW,
                        FinishedRow.NO_ROW,
                        0,
                        in.readText(),
                        LegCodecs.readLegs(in),
                        LegCodecs.readFarLegs(in));
            default -> throw new WireException("transfer in unknown form " + form);
        };
    }

    private static void restore(LedgerState state, FinishedRow row) {
        if (row.fromRow() != FinishedRow.NO_ROW) {
            state.transfers().add(row.id(), row.stage(), row.fromRow(), row.toRow(), row.amountMinor());
        } else if (row.legs().isEmpty() && row.elsewhere().isEmpty()) {
            state.transfers().addBare(row.id(), row.stage());
        } else {
            state.finish(row.tenant(), row.id(), row.stage(), row.legs(), row.elsewhere());
        }
    }

    private static void writePending(Pending pending, WireWriter out) {
        out.writeText(pending.tenant());
        out.writeUuid(pending.id());
        out.writeByte(pending.stage().number());
        LegCodecs.writeLegs(pending.legs(), out);
        LegCodecs.writeFarLegs(pending.elsewhere(), out);
        AccountCodecs.writeOptional(pending.reverses(), out);
        out.writeVarLong(pending.expiresMicros());
        out.writeVarLong(pending.confirmingMinor());
    }

    private static Pending readPending(WireReader in) {
        return new Pending(
                in.readText(),
                in.readUuid(),
                TransferStage.of(in.readUnsignedByte()),
                LegCodecs.readLegs(in),
                LegCodecs.readFarLegs(in),
                AccountCodecs.readOptional(in),
                in.readVarLong(),
                in.readVarLong());
    }
}
