package io.mainstay.core.shard;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import java.util.Map;

/** The versions that a snapshot was written by: gives what it holds as the installed ones would have written it. */
final class SnapshotVersions {
    private final int format;
    private final Domains domains;
    private final Map<Integer, Integer> written;
    private final FrameUpcaster upcaster;
    private final boolean areInstalled;
    private final boolean keepsHashes;

    SnapshotVersions(int format, Domains domains, Map<Integer, Integer> written) {
        this.format = format;
        this.domains = domains;
        this.written = written;
        this.upcaster = new FrameUpcaster(domains);
        this.areInstalled = domains.areInstalled(written);
        this.keepsHashes = !domains.rewritesCommands(written);
    }

    /** Of the frames that have entries and outcomes such as the snapshot's. */
    int format() {
        return format;
    }

    LogEntry upcast(LogEntry entry) {
        return areInstalled ? entry : upcaster.upcast(entry, written);
    }

    LoggedOutcome upcast(LoggedOutcome outcome) {
        return areInstalled ? outcome : upcaster.upcast(outcome, written);
    }

    SentMessage upcast(SentMessage message) {
        return areInstalled ? message : upcaster.upcast(message, written);
    }

    /** As replay has it: see {@link ShardMemory}. */
    long upcastHash(long requestHash) {
        return keepsHashes ? requestHash : LoggedCommand.HASH_UNKNOWN;
    }

    /** What is left of a chunk of a domain's state. */
    WireReader upcastState(int domainId, WireReader chunk) {
        if (!written.containsKey(domainId)) {
            throw new WireException("snapshot with domain " + domainId + " that its header does not name");
        }
        return areInstalled
                ? chunk
                : new WireReader(domains.upcastState(domainId, chunk.readRaw(chunk.remaining()), written));
    }
}
