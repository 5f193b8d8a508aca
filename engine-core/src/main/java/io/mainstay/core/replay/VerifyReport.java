package io.mainstay.core.replay;

import io.mainstay.core.log.LogPosition;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a shard's log found.
 *
 * @param end behind the last frame that is good
 * @param frames checked, of the shard's history
 * @param orphans frames passed over that were never part of the history
 * @param repeated frames passed over that stand twice
 * @param replayedBefore the state's offset: commands before it were replayed
 * @param stateHash of the replayed state; empty if the state could not be built
 * @param notes what a reader of the report should know and is in order: compacted and deleted ranges
 * @param problems what is wrong, the first damage first; empty if all is good
 */
public record VerifyReport(
        int shard,
        LogPosition end,
        long frames,
        long bytes,
        long orphans,
        long repeated,
        long replayedBefore,
        Optional<byte[]> stateHash,
        List<String> notes,
        List<String> problems) {
    public VerifyReport {
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    public boolean isGood() {
        return problems.isEmpty();
    }

    /** A line for the shard, then a line for each note and each problem. */
    public String text() {
        StringBuilder text = new StringBuilder("shard %d: %s, %d frames, %d bytes, up to %s"
                .formatted(shard, isGood() ? "good" : "DAMAGED", frames, bytes, end));
        if (orphans + repeated > 0) {
            text.append("; %d frames passed over, %d of them stand twice".formatted(orphans + repeated, repeated));
        }
        stateHash.ifPresent(hash -> text.append("; state at offset %d has hash %s"
                .formatted(replayedBefore, HexFormat.of().formatHex(hash))));
        notes.forEach(note -> text.append("\n  note: ").append(note));
        problems.forEach(problem -> text.append("\n  DAMAGE: ").append(problem));
        return text.toString();
    }
}
