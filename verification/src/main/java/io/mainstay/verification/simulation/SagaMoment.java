package io.mainstay.verification.simulation;

import io.mainstay.core.saga.RunningSaga;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a saga was when something broke: its phase, whose shard it was that broke, and what broke.
 */
record SagaMoment(Phase phase, Role role, Fault fault) {
    /** Faults that take a shard, or all of a node's, down. */
    static final List<Fault> FAULTS =
            List.of(Fault.SHARD_CRASH, Fault.NODE_CRASH, Fault.TAKEOVER, Fault.ORDERLY_RESTART);

    /** How far a saga is. */
    enum Phase {
        /** Steps that can be taken back are asked for. */
        ATTEMPTING,
        /** The pivot is asked for. */
        DECIDING,
        CONFIRMING,
        CANCELLING
    }

    /** Whose shard. */
    enum Role {
        COORDINATOR,
        /** Of a step that is neither over nor yet to be begun. */
        PARTICIPANT
    }

    @Override
    public String toString() {
        return (fault + " of a " + role + " while " + phase).toLowerCase(Locale.ROOT);
    }

    /** Every one that there is. */
    static List<SagaMoment> all() {
        List<SagaMoment> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (Role role : Role.values()) {
                FAULTS.forEach(fault -> all.add(new SagaMoment(phase, role, fault)));
            }
        }
        return all;
    }

    /** The moments of all sagas of the shard that breaks, and of those that it has a step of. */
    static List<SagaMoment> of(SimulatedShard broken, Fault fault) {
        List<SagaMoment> moments = new ArrayList<>();
        for (SimulatedShard coordinator : broken.node().shards()) {
            if (coordinator.phase() != SimulatedShard.Phase.SERVING) {
                continue;
            }
            for (RunningSaga saga : coordinator.sagas().all()) {
                if (coordinator == broken) {
                    moments.add(new SagaMoment(phase(saga), Role.COORDINATOR, fault));
                } else if (takesPart(saga, broken.number())) {
                    moments.add(new SagaMoment(phase(saga), Role.PARTICIPANT, fault));
                }
            }
        }
        return moments;
    }

    private static Phase phase(RunningSaga saga) {
        return switch (saga.phase()) {
            case CONFIRMING -> Phase.CONFIRMING;
            case CANCELLING -> Phase.CANCELLING;
            case ATTEMPTING -> isDeciding(saga) ? Phase.DECIDING : Phase.ATTEMPTING;
        };
    }

    private static boolean isDeciding(RunningSaga saga) {
        for (int step = 0; step < saga.stepCount(); step++) {
            boolean pivot = saga.began().steps().get(step).cancel().isEmpty();
            if (pivot && saga.step(step) == RunningSaga.StepPhase.ASKED) {
                return true;
            }
        }
        return false;
    }

    private static boolean takesPart(RunningSaga saga, int shard) {
        for (int step = 0; step < saga.stepCount(); step++) {
            boolean here = saga.began().steps().get(step).shard() == shard;
            boolean active = switch (saga.step(step)) {
                case ASKED, ATTEMPTED, FINISHING, STUCK -> true;
                case WAITING, REFUSED, FINISHED -> false;
            };
            if (here && active) {
                return true;
            }
        }
        return false;
    }
}
