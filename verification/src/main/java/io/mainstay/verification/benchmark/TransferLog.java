package io.mainstay.verification.benchmark;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Writes a shard's log of transfers between its accounts, as the engine does: outcomes ride in the frame behind. */
final class TransferLog {
    /** Those that open the accounts. */
    static final int OPENING_FRAMES = 2;

    private static final long START_MICROS = 1_700_000_000_000_000L;

    private final LedgerDomain domain = new LedgerDomain();
    private final LedgerState state = domain.stateMachine().emptyState();
    private final FrameWriter frames = new FrameWriter(1 << 16, LogPosition.START.hash());
    private final WireWriter executed = new WireWriter(1 << 16);
    private final SplittableRandom random;
    private final int shard;
    private final UUID[] accounts;
    private long executedBefore;
    private long nextSequence;
    private long nextOffset;

    TransferLog(int shard, int accountCount) {
        this.shard = shard;
        this.random = new SplittableRandom(shard);
        this.accounts = new UUID[accountCount];
    }

    /** So many transfers in frames of a size, behind {@link #OPENING_FRAMES} that open the accounts. */
    List<byte[]> write(int transfers, int frameCount) {
        List<byte[]> log = new ArrayList<>();
        List<LedgerCommand> commands = new ArrayList<>();
        for (int index = 0; index < accounts.length; index++) {
            accounts[index] = id();
            commands.add(new OpenAccount(accounts[index], "bench-" + shard, "EUR", OpenAccount.UNLIMITED));
        }
        log.add(frame(commands));
        log.add(frame(List.of()));
        for (int left = transfers; left > 0; left -= frameCount) {
            commands.clear();
            for (int index = Math.min(left, frameCount); index > 0; index--) {
                commands.add(transfer());
            }
            log.add(frame(commands));
        }
        log.add(frame(List.of()));
        return log;
    }

    private PostTransfer transfer() {
        int from = random.nextInt(accounts.length);
        int to = (from + 1 + random.nextInt(accounts.length - 1)) % accounts.length;
        return new PostTransfer(id(), accounts[from], accounts[to], 1 + random.nextInt(10_000), "");
    }

    private UUID id() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    private byte[] frame(List<LedgerCommand> commands) {
        WireWriter written = new WireWriter(1 << 16);
        for (LedgerCommand command : commands) {
            WireWriter bytes = new WireWriter(64);
            domain.commands().encode(command, bytes);
            new LoggedCommand(id(), domain.id(), bytes.toByteArray()).write(written);
        }
        long timestampMicros = START_MICROS + nextSequence * 1000;
        FrameHeader header = new FrameHeader(
                shard,
                1,
                nextSequence++,
                nextOffset,
                commands.size(),
                timestampMicros,
                executedBefore,
                Map.of(domain.id(), domain.schemaVersion()),
                frames.previousHash());
        frames.write(header, executed, written);
        executed.clear();
        if (!commands.isEmpty()) {
            execute(commands, timestampMicros);
        }
        return Arrays.copyOf(frames.bytes(), frames.size());
    }

    private void execute(List<LedgerCommand> commands, long timestampMicros) {
        FrameWriter.writeExecuted(executed, nextOffset, commands.size(), timestampMicros);
        for (LedgerCommand command : commands) {
            outcome(command, timestampMicros).write(executed);
            nextOffset++;
        }
        executedBefore = nextOffset;
    }

    private LoggedOutcome outcome(LedgerCommand command, long timestampMicros) {
        Decision<LedgerEvent> decision =
                domain.stateMachine().decide(state, command, CommandContext.of(shard, nextOffset, timestampMicros));
        if (!(decision instanceof Decision.Accepted<LedgerEvent>(var events, var messages))) {
            throw new IllegalStateException("not accepted: " + decision);
        }
        List<LoggedEvent> encoded = new ArrayList<>();
        for (LedgerEvent event : events) {
            domain.stateMachine().apply(state, event);
            WireWriter bytes = new WireWriter(64);
            domain.events().encode(event, bytes);
            encoded.add(new LoggedEvent(domain.id(), bytes.toByteArray()));
        }
        return new LoggedOutcome.Accepted(
                domain.stateMachine().version(state, command.leading()), encoded, List.of(), List.of());
    }
}
