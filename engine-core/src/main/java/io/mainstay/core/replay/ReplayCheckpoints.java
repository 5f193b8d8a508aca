package io.mainstay.core.replay;

import io.mainstay.core.log.LogPosition;
import java.util.Optional;

/** Keeps how far one target has taken one shard's log, over crashes. */
public interface ReplayCheckpoints {
    /** The position saved last. */
    Optional<LogPosition> load();

    /** Saves a position; it survives a crash when the call returns. */
    void save(LogPosition position);
}
