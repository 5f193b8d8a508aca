package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is under way on several shards.
 *
 * @param number offset of the command that began it
 * @param subject the id of what it is about, such as a transfer's
 * @param phase attempting, confirming or cancelling
 * @param deadlineAt when it is cancelled, if it still can be
 * @param refusal code of the problem that it is cancelled for; null if it is not
 * @param position of the shard that coordinates it, when it was asked
 */
public record Saga(
        long number,
        UUID subject,
        String phase,
        Instant beganAt,
        Instant deadlineAt,
        @Nullable String refusal,
        List<Step> steps,
        Position position) {
    public Saga {
        steps = List.copyOf(steps);
    }

    /**
     * One shard's part.
     *
     * @param what the type of command that attempts it
     */
    public record Step(int shard, String what, String phase) {}
}
