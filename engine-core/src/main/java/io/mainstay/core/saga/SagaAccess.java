package io.mainstay.core.saga;

import io.mainstay.core.access.Access;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.saga.SagaEvent.PlannedStep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/** What operators may ask about sagas. */
final class SagaAccess {
    /** Sagas of one shard in one answer: the oldest, which are those that somebody may have to see to. */
    private static final int LISTED_MAX = 1000;

    private static final UUID EXAMPLE = UUID.fromString("9d2c1b0a-8f7e-4d6c-8b5a-493827160504");

    private static final Document<Step> STEP = Document.<Step>named("SagaStep", "One shard's part of a saga.")
            .whole("shard", step -> step.planned().shard(), "Which does it.", 1)
            .text("what", step -> step.planned().what(), "The type of command that attempts it.", "PutIn")
            .text("phase", step -> text(step.phase()), "Where it stands.", "asked")
            .build();

    private static final Document<Seen<RunningSaga>> SAGA = Document.<Seen<RunningSaga>>named(
                    "Saga", "Something that is under way on several shards.")
            .whole("saga", seen -> seen.value().number(), "The offset of the command that began it.", 57)
            .uuid("subject", seen -> seen.value().began().subject(), "What it is about.", EXAMPLE)
            .text("phase", seen -> text(seen.value().phase()), "attempting, confirming or cancelling.", "attempting")
            .time("beganAt", seen -> time(seen.value().began().beganMicros()), "")
            .time(
                    "deadlineAt",
                    seen -> time(seen.value().began().deadlineMicros()),
                    "When it is cancelled, if it still can be.")
            .textOrNull(
                    "refusal",
                    seen -> seen.value().refusal().map(Rejection::code).orElse(null),
                    "Why it is cancelled.",
                    "account-frozen")
            .parts("steps", seen -> steps(seen.value()), "", STEP)
            .place(Seen::shard, Seen::offset)
            .build();

    static final Access<SagaState, SagaCommand> ACCESS = new Access<>(
            List.of(),
            List.of(new Read.Everywhere<>(
                    Endpoint.of(
                            "list-sagas",
                            "GET",
                            "/sagas",
                            "Operations",
                            "Read what is under way between shards",
                            "Of each shard the sagas that it coordinates and that have not ended, oldest first, up to "
                                    + LISTED_MAX + "."),
                    (state, call) -> state.all().stream()
                            .limit(LISTED_MAX)
                            .map(RunningSaga::copy)
                            .toList(),
                    SAGA,
                    "Sagas",
                    "sagas")));

    private SagaAccess() {}

    /** A step and where it stands. */
    private record Step(PlannedStep planned, RunningSaga.StepPhase phase) {}

    private static List<Step> steps(RunningSaga saga) {
        return IntStream.range(0, saga.stepCount())
                .mapToObj(index -> new Step(saga.began().steps().get(index), saga.step(index)))
                .toList();
    }

    private static String text(Enum<?> phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
