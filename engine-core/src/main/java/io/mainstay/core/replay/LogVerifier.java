package io.mainstay.core.replay;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.Submission.StateAt;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one shard: every frame's checksum, the chain, sequence and offsets over archive and live log; that replaying
 * the history gives what each snapshot holds, and what the live shard holds.
 */
public final class LogVerifier {
    private final ShardLog log;
    private final ShardConfig config;
    private final Domains domains;
    private final SnapshotStore snapshots;
    private final ReplayProgress progress;

    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<SnapshotId, byte[]> snapshotHashes = new TreeMap<>();
    private @Nullable ReplayedShard replayed;
    private long frames;
    private long bytes;

    public LogVerifier(
            ShardLog log, ShardConfig config, Domains domains, SnapshotStore snapshots, ReplayProgress progress) {
        this.log = log;
        this.config = config;
        this.domains = domains;
        this.snapshots = snapshots;
        this.progress = progress;
    }

    /** Verifies what is in the log. Can be called once. */
    public VerifyReport verify() {
        return verify(Optional.empty());
    }

    /** Verifies the log, and that the live shard's answer to a {@code HashSubmission} is what the log says. Can be called once. */
    public VerifyReport verify(Optional<StateAt> live) {
        ShardLog.Walked walked = new ShardLog.Walked(LogPosition.START, 0, 0);
        try {
            LogPosition begin = log.begin();
            noteMissing();
            hashSnapshots();
            replayed = beginReplay(begin);
            compareWithSnapshots();
            walked = log.walk(begin, (frame, size) -> {
                frames++;
                bytes += size;
                if (replayed != null
                        && frame.header().sequence() >= replayed.position().sequence()) {
                    replayed.read(frame);
                    compareWithSnapshots();
                }
                progress.reached(frame.header().nextOffset(), size);
                return true;
            });
            if (replayed != null) {
                replayed.decideTail();
            }
            noteUnreached(walked.end());
            live.ifPresent(this::compareWithLive);
        } catch (LogDamagedException damage) {
            problems.add(damage.damage().toString());
        } catch (EngineException | IllegalStateException damage) {
            problems.add("shard " + log.shard() + ": " + damage.getMessage());
        }
        ReplayedShard state = problems.isEmpty() ? replayed : null;
        return new VerifyReport(
                log.shard(),
                walked.end(),
                frames,
                bytes,
                walked.orphans(),
                walked.repeated(),
                state == null ? 0 : state.executedBefore(),
                Optional.ofNullable(state).map(ReplayedShard::stateHash),
                notes,
                problems);
    }

    private void noteMissing() {
        log.readCompacted(command -> {});
        String missing = log.missing();
        if (!missing.isEmpty()) {
            notes.add(missing + "; no state inside can be built, and what lies before is not verified");
        }
    }

    private void noteUnreached(LogPosition end) {
        for (SnapshotId id : snapshotHashes.keySet()) {
            if (id.sequence() > end.sequence()) {
                notes.add(
                        "shard %d: the snapshot at offset %d lies behind what was read of the log, which ends at offset %d"
                                .formatted(log.shard(), id.offset(), end.offset()));
            }
        }
    }

    /** Reads every snapshot to its end; a damaged one is a problem. */
    private void hashSnapshots() {
        for (SnapshotId id : snapshots.list()) {
            try {
                snapshotHashes.put(id, restore(id).stateHash());
            } catch (SnapshotDamagedException | WireException damage) {
                problems.add("shard %d: snapshot at offset %d is damaged: %s"
                        .formatted(log.shard(), id.offset(), damage.getMessage()));
            }
        }
    }

    /** From nothing if the whole history is there, else from the first snapshot behind what is missing. */
    private @Nullable ReplayedShard beginReplay(LogPosition begin) {
        if (begin.equals(LogPosition.START)) {
            return ReplayedShard.empty(log.shard(), config, domains);
        }
        for (SnapshotId id : snapshotHashes.keySet()) {
            if (id.sequence() >= begin.sequence()) {
                return restore(id);
            }
        }
        notes.add("shard %d: no snapshot to begin with, the state is not verified".formatted(log.shard()));
        return null;
    }

    private ReplayedShard restore(SnapshotId id) {
        return ReplayedShard.from(log.shard(), config, domains, snapshots, id);
    }

    private void compareWithSnapshots() {
        if (replayed == null) {
            return;
        }
        long sequence = replayed.position().sequence();
        snapshotHashes.forEach((id, hash) -> {
            if (id.sequence() == sequence
                    && replayed != null
                    && (replayed.executedBefore() != id.offset() || !Arrays.equals(hash, replayed.stateHash()))) {
                problems.add(
                        "shard %d: snapshot at offset %d is not what the log replays to: it has hash %s, the log %s"
                                .formatted(log.shard(), id.offset(), hex(hash), hex(replayed.stateHash())));
            }
        });
    }

    private void compareWithLive(StateAt live) {
        ReplayedShard then =
                new PointInTime(log, config, domains, snapshots, progress).at(LogPoint.atOffset(live.offset()));
        byte[] hash = then.stateHash();
        if (!Arrays.equals(hash, live.hash())) {
            problems.add("shard %d: the live state at offset %d has hash %s, replaying the log gives %s"
                    .formatted(log.shard(), live.offset(), hex(live.hash()), hex(hash)));
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
