package io.mainstay.projector;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes a shard's frames as the engine does: the outcomes of a frame's commands ride in the next frame. */
final class ShardLog {
    static final long START_MICROS = 1_700_000_000_123_456L;

    private final LedgerDomain domain = new LedgerDomain();
    private final LedgerState state = domain.stateMachine().emptyState();
    private final FrameWriter frames;
    private final int shard;
    private final int schemaVersion;
    private final WireWriter executed = new WireWriter(1024);
    private long executedBefore;
    private int epoch = 1;
    private long nextSequence;
    private long nextOffset;
    private long timestampMicros = START_MICROS;

    ShardLog(int shard) {
        this(shard, PayloadEncoding.PLAIN, new LedgerDomain().schemaVersion());
    }

    /** A log in another encoding, or of another version of the ledger. */
    ShardLog(int shard, PayloadEncoding encoding, int schemaVersion) {
        this.shard = shard;
        this.schemaVersion = schemaVersion;
        this.frames = new FrameWriter(1024, LogPosition.START.hash(), encoding);
    }

    int shard() {
        return shard;
    }

    LedgerState state() {
        return state;
    }

    long nextOffset() {
        return nextOffset;
    }

    /** A frame with these commands, which are executed behind it, and the outcomes that wait. */
    byte[] frame(LedgerCommand... commands) {
        return frame(Arrays.asList(commands));
    }

    byte[] frame(List<? extends LedgerCommand> commands) {
        WireWriter written = new WireWriter(1024);
        for (LedgerCommand command : commands) {
            WireWriter bytes = new WireWriter(64);
            domain.commands().encode(command, bytes);
            new LoggedCommand(UUID.randomUUID(), domain.id(), bytes.toByteArray()).write(written);
        }
        timestampMicros += 1_000_001;
        FrameHeader header = new FrameHeader(
                shard,
                epoch,
                nextSequence++,
                nextOffset,
                commands.size(),
                timestampMicros,
                executedBefore,
                Map.of(domain.id(), schemaVersion),
                frames.previousHash());
        frames.write(header, executed, written);
        executed.clear();
        if (!commands.isEmpty()) {
            execute(commands);
        }
        nextOffset += commands.size();
        return Arrays.copyOf(frames.bytes(), frames.size());
    }

    /** A frame of the same place by a later owner of the shard, as after a restart. */
    ShardLog newEpoch() {
        epoch++;
        return this;
    }

    /** A frame behind one that is never written: what a failed append leaves behind. */
    static byte[] orphan(int shard, int epoch, long sequence, long offset, WireWriter executed) {
        FrameWriter writer = new FrameWriter(256, new byte[32]);
        writer.write(
                new FrameHeader(shard, epoch, sequence, offset, 0, START_MICROS, 0, Map.of(), new byte[32]),
                executed,
                new WireWriter(1));
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private void execute(List<? extends LedgerCommand> commands) {
        FrameWriter.writeExecuted(executed, nextOffset, commands.size(), timestampMicros);
        for (LedgerCommand command : commands) {
            decide(command).write(executed);
        }
        executedBefore = nextOffset + commands.size();
    }

    private LoggedOutcome decide(LedgerCommand command) {
        return switch (domain.stateMachine()
                .decide(state, command, CommandContext.of(shard, nextOffset, timestampMicros))) {
            case Decision.Accepted<LedgerEvent>(var events, var messages) -> {
                List<LoggedEvent> encoded = new ArrayList<>();
                for (LedgerEvent event : events) {
                    domain.stateMachine().apply(state, event);
                    WireWriter bytes = new WireWriter(64);
                    domain.events().encode(event, bytes);
                    encoded.add(new LoggedEvent(domain.id(), bytes.toByteArray()));
                }
                yield new LoggedOutcome.Accepted(
                        domain.stateMachine().version(state, command.leading()), encoded, List.of(), List.of());
            }
            case Decision.Begun<LedgerEvent>(var saga) -> throw new IllegalArgumentException("of one shard: " + saga);
            case Decision.Rejected<LedgerEvent>(var rejection) -> new LoggedOutcome.Rejected(0, rejection);
        };
    }
}
