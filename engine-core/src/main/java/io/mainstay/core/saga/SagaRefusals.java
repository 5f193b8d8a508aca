package io.mainstay.core.saga;

import io.mainstay.core.access.Refusal;
import java.util.List;

/** What the engine itself may refuse a command for that spans shards, on top of what its domain refuses. */
public final class SagaRefusals {
    public static final List<Refusal> ALL = List.of(
            Refusal.refused(
                    "saga-timed-out",
                    "Not every shard could do its part in time; all is undone.",
                    "Not every shard could do its part in time; nothing was done.",
                    ""),
            Refusal.refused(
                    "sagas-too-many",
                    "The shard has as many commands under way to other shards as it may.",
                    "The shard has too many sagas under way; ask again in a moment.",
                    ""),
            Refusal.refused(
                    "shard-behind",
                    "Another shard does not keep up with what it is sent.",
                    "A shard has too many messages that are not executed; ask again in a moment.",
                    ""));

    private SagaRefusals() {}
}
