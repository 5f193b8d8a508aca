package io.mainstay.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.gateway.ShardStatus.Phase;
import org.junit.jupiter.api.Test;

final class ShardGateTest {
    private static final Order ORDER = new Order("ada", "disk exchange");
    private final ShardGate gate = new ShardGate();

    @Test
    void aPausedShardTakesReadsAlone() {
        gate.pause(ORDER);
        assertThat(gate.takesCommands()).isFalse();
        assertThat(gate.takesReads()).isTrue();
        assertThat(gate.phase()).isEqualTo(Phase.PAUSED);
        assertThat(gate.reason()).isEqualTo("disk exchange, by ada");
        gate.resume();
        assertThat(gate.takesCommands()).isTrue();
        assertThat(gate.reason()).isEmpty();
    }

    @Test
    void aDrainedShardTakesNothing() {
        gate.pause(ORDER);
        gate.drain(new Order("grace", ""));
        assertThat(gate.takesReads()).isFalse();
        assertThat(gate.isShut()).isFalse();
        gate.finished();
        assertThat(gate.isShut()).isTrue();
        assertThat(gate.phase()).isEqualTo(Phase.DRAINED);
        assertThat(gate.reason()).isEqualTo("by grace");
        gate.resume();
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void finishingCountsOnlyWhileDraining() {
        gate.finished();
        assertThat(gate.phase()).isEqualTo(Phase.SERVING);
        gate.drain(ORDER);
        gate.resume();
        gate.finished();
        assertThat(gate.phase()).isEqualTo(Phase.SERVING);
    }

    @Test
    void aDrainingEndsAnewAfterARecovery() {
        gate.recovered();
        assertThat(gate.phase()).isEqualTo(Phase.SERVING);
        gate.drain(ORDER);
        gate.finished();
        gate.recovered();
        assertThat(gate.isShut()).isFalse();
        gate.finished();
        assertThat(gate.isShut()).isTrue();
    }

    @Test
    void ordersThatDoNotFitAreRefusedWithTheReason() {
        assertThatThrownBy(gate::resume)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("is SERVING and cannot be resumed");
        gate.pause(ORDER);
        assertThatThrownBy(() -> gate.pause(ORDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("is PAUSED (disk exchange, by ada) and cannot be paused");
        gate.drain(ORDER);
        assertThatThrownBy(() -> gate.drain(ORDER)).hasMessageContaining("is DRAINING");
        gate.finished();
        assertThatThrownBy(() -> gate.pause(ORDER)).hasMessageContaining("is DRAINED");
        assertThatThrownBy(() -> new Order(" ", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
