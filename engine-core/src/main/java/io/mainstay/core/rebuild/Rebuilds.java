package io.mainstay.core.rebuild;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Makes the tables of a projection target anew, from archive and log, beside those that are there, and puts them in their place
 * in one transaction, while commands, projection and reads go on. Safe for use by many threads; nothing here blocks.
 *
 * <p>One target is rebuilt at a time, over all servers. A rebuild that a crash has cut off goes on when a server starts.
 *
 * <p>The stages fail with {@link io.mainstay.core.EngineException}: RETRY if another one is under way or the server stops,
 * DEGRADED if the database cannot be asked; and with {@link IllegalArgumentException} if there is no such target.
 */
public interface Rebuilds {
    /** Begins; the stage ends as soon as it has begun. */
    CompletionStage<RebuildStatus> start(String target);

    /** Breaks off the one that is under way, of this target; the tables stay as they are. */
    CompletionStage<RebuildStatus> cancel(String target);

    /** The last rebuild of each target, the newest first. */
    CompletionStage<List<RebuildStatus>> status();
}
