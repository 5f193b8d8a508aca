package io.mainstay.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SimulationTest {
    private static final long SEEDS = 250;

    @Test
    void everyInvariantHoldsWhateverFails() {
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        Map<SagaMoment, Long> moments = new HashMap<>();
        Map<SagaEnding, Long> endings = new HashMap<>();
        long decided = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation.Result result = new Simulation(seed, Ports.HONEST).run();
            decided += result.decided();
            result.trace().faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
            result.moments().forEach((moment, count) -> moments.merge(moment, count, Long::sum));
            result.endings().forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        }
        assertThat(decided).isGreaterThan(100 * SEEDS);
        assertThat(faults).containsOnlyKeys(Fault.values());
        assertThat(moments).containsOnlyKeys(SagaMoment.all());
        assertThat(endings).containsKey(new SagaEnding("ConfirmTransfer", true));
        for (String command : List.of("PostTransfer", "PostEntries", "ReserveTransfer", "ReverseTransfer", "Share")) {
            assertThat(endings).containsKeys(new SagaEnding(command, true), new SagaEnding(command, false));
        }
    }

    @Test
    void aSeedDoesTheSameTwice() {
        for (long seed = 0; seed < 10; seed++) {
            Simulation.Result first = new Simulation(seed, Ports.HONEST).run();
            Simulation.Result second = new Simulation(seed, Ports.HONEST).run();
            assertThat(second.trace().hash()).isEqualTo(first.trace().hash());
            assertThat(second.trace().tail()).isEqualTo(first.trace().tail());
        }
    }

    @Test
    void everySeedIsAnotherRun() {
        assertThat(new Simulation(1, Ports.HONEST).run().trace().hash())
                .isNotEqualTo(new Simulation(2, Ports.HONEST).run().trace().hash());
    }

    @Test
    void theProgramEndsWellIfAllHolds() {
        assertThat(new CommandLine(new Simulate()).execute("--seeds", "3", "--from", "7"))
                .isZero();
        assertThat(new CommandLine(new Simulate()).execute("--seed", "7")).isZero();
    }
}
