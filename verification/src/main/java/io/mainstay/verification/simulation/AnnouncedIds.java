package io.mainstay.verification.simulation;

import io.mainstay.core.route.Directory;
import io.mainstay.core.route.KnownIds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells a directory what a shard holds once it has recovered, not what it held on the way there: an id that it had
 * forgotten long ago may be another shard's today. Stands in for the core, which tells as it replays.
 */
final class AnnouncedIds implements KnownIds {
    private final Directory directory;
    private final int shard;
    private final Map<UUID, Boolean> met = new LinkedHashMap<>();
    private boolean recovering;

    AnnouncedIds(Directory directory, int shard, boolean recovering) {
        this.directory = directory;
        this.shard = shard;
        this.recovering = recovering;
    }

    /** Ends the recovery. */
    void announce() {
        recovering = false;
        met.forEach((id, held) -> {
            if (held) {
                directory.know(id, shard);
            } else if (directory.find(id).orElse(-1) == shard) {
                directory.forget(id);
            }
        });
        met.clear();
    }

    @Override
    public void know(UUID id, int holder) {
        if (recovering) {
            met.put(id, true);
        } else {
            directory.know(id, holder);
        }
    }

    @Override
    public void forget(UUID id) {
        if (recovering) {
            met.put(id, false);
        } else {
            directory.forget(id);
        }
    }
}
