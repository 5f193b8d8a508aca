package io.mainstay.launcher;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one part is doing; id and port are there while it runs here. */
public record PartStatus(String name, State state, OptionalLong pid, OptionalInt port) {

    /** {@code EXTERNAL} parts are somebody else's to start and stop. */
    public enum State {
        RUNNING,
        STARTING,
        STOPPED,
        EXTERNAL
    }

    static PartStatus running(String name, State state, ProcessHandle process, OptionalInt port) {
        return new PartStatus(name, state, OptionalLong.of(process.pid()), port);
    }

    static PartStatus absent(String name, State state) {
        return new PartStatus(name, state, OptionalLong.empty(), OptionalInt.empty());
    }

    static PartStatus of(String name, Optional<ProcessHandle> process, OptionalInt port) {
        return process.map(found -> running(name, State.RUNNING, found, port))
                .orElseGet(() -> absent(name, State.STOPPED));
    }

    boolean isUp() {
        return state == State.RUNNING || state == State.EXTERNAL;
    }
}
