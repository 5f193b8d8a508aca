package io.mainstay.core.saga;

import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.saga.SagaEvent.PlannedStep;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A saga that has not ended, as its coordinator sees it. */
public final class RunningSaga {
    private final SagaEvent.Began began;
    private final StepPhase[] steps;
    private Phase phase = Phase.ATTEMPTING;
    private @Nullable Rejection refusal;

    /** Where a saga stands. The names stand in snapshots. */
    public enum Phase {
        /** Some attempts are not answered, or not yet asked for. */
        ATTEMPTING,
        /** All attempts are made: the saga will be done. */
        CONFIRMING,
        /** An attempt was refused, or late: the saga will be undone. */
        CANCELLING
    }

    /** Where a step stands. The names stand in snapshots. */
    public enum StepPhase {
        /** The pivot, until the others are attempted. */
        WAITING,
        /** Its shard is asked to attempt it. */
        ASKED,
        /** The attempt is made. */
        ATTEMPTED,
        /** The attempt is refused. */
        REFUSED,
        /** Its shard is asked to confirm or to cancel it. */
        FINISHING,
        /** Confirmed or cancelled, or nothing was to be done. */
        FINISHED,
        /** Its domain refused to confirm or to cancel it: an operator has to see to it. */
        STUCK
    }

    RunningSaga(SagaEvent.Began began) {
        this.began = began;
        this.steps = new StepPhase[began.steps().size()];
        for (int index = 0; index < steps.length; index++) {
            PlannedStep step = began.steps().get(index);
            boolean pivot = step.cancel().isEmpty();
            steps[index] = step.attempt().isEmpty() ? StepPhase.ATTEMPTED : pivot ? StepPhase.WAITING : StepPhase.ASKED;
        }
        askPivot();
    }

    /** The same as it is now, for those who look at it while it goes on. */
    RunningSaga copy() {
        RunningSaga copy = new RunningSaga(began);
        System.arraycopy(steps, 0, copy.steps, 0, steps.length);
        copy.phase = phase;
        copy.refusal = refusal;
        return copy;
    }

    public SagaEvent.Began began() {
        return began;
    }

    public long number() {
        return began.saga();
    }

    public Phase phase() {
        return phase;
    }

    /** Why it is cancelled. */
    public Optional<Rejection> refusal() {
        return Optional.ofNullable(refusal);
    }

    public StepPhase step(int index) {
        return steps[index];
    }

    public int stepCount() {
        return steps.length;
    }

    /** True if nothing is left to do. */
    public boolean isOver() {
        for (StepPhase step : steps) {
            if (step != StepPhase.FINISHED && step != StepPhase.REFUSED) {
                return false;
            }
        }
        return true;
    }

    /** The pivot decides when it is asked: from then on time does not. */
    boolean mayTimeOut() {
        return phase == Phase.ATTEMPTING && !pivotIsAsked();
    }

    void made(int step) {
        require(step, StepPhase.ASKED);
        steps[step] = StepPhase.ATTEMPTED;
        if (phase == Phase.CANCELLING) {
            steps[step] = StepPhase.FINISHING;
        } else if (areAllAttempted()) {
            phase = Phase.CONFIRMING;
            for (int index = 0; index < steps.length; index++) {
                steps[index] =
                        began.steps().get(index).confirm().isPresent() ? StepPhase.FINISHING : StepPhase.FINISHED;
            }
        } else {
            askPivot();
        }
    }

    void refused(int step, Rejection why) {
        require(step, StepPhase.ASKED);
        steps[step] = StepPhase.REFUSED;
        if (phase == Phase.ATTEMPTING) {
            cancel(why);
        }
    }

    void cancel(Rejection why) {
        Invariants.check(phase == Phase.ATTEMPTING, "saga %d of %d steps cancelled again", number(), steps.length);
        phase = Phase.CANCELLING;
        refusal = why;
        for (int index = 0; index < steps.length; index++) {
            if (steps[index] == StepPhase.ATTEMPTED) {
                steps[index] = StepPhase.FINISHING;
            } else if (steps[index] == StepPhase.WAITING) {
                steps[index] = StepPhase.FINISHED;
            }
        }
    }

    void finished(int step) {
        require(step, StepPhase.FINISHING);
        steps[step] = StepPhase.FINISHED;
    }

    void stuck(int step) {
        require(step, StepPhase.FINISHING);
        steps[step] = StepPhase.STUCK;
    }

    private void require(int step, StepPhase wanted) {
        Invariants.check(steps[step] == wanted, "step %d of saga %d is elsewhere", step, number());
    }

    private boolean areAllAttempted() {
        for (StepPhase step : steps) {
            if (step != StepPhase.ATTEMPTED) {
                return false;
            }
        }
        return true;
    }

    private void askPivot() {
        int pivot = -1;
        for (int index = 0; index < steps.length; index++) {
            if (steps[index] == StepPhase.WAITING) {
                pivot = index;
            } else if (steps[index] != StepPhase.ATTEMPTED) {
                return;
            }
        }
        if (pivot >= 0) {
            steps[pivot] = StepPhase.ASKED;
        }
    }

    private boolean pivotIsAsked() {
        for (int index = 0; index < steps.length; index++) {
            if (steps[index] == StepPhase.ASKED
                    && began.steps().get(index).cancel().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void write(WireWriter out) {
        SagaCodecs.EVENTS.encode(began, out);
        out.writeText(phase.name());
        out.writeByte(refusal == null ? 0 : 1);
        if (refusal != null) {
            refusal.write(out);
        }
        for (StepPhase step : steps) {
            out.writeText(step.name());
        }
    }

    static RunningSaga read(WireReader in) {
        RunningSaga running = new RunningSaga((SagaEvent.Began) SagaCodecs.EVENTS.decode(in));
        running.phase = Phase.valueOf(in.readText());
        running.refusal = in.readUnsignedByte() == 0 ? null : Rejection.read(in);
        Arrays.setAll(running.steps, index -> StepPhase.valueOf(in.readText()));
        return running;
    }
}
