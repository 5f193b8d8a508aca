package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MailboxSharesTest {
    private static final int CAPACITY = 120;

    private final MailboxShares shares = new MailboxShares(CAPACITY);
    private int waiting;

    @Test
    void leavesAsMuchFreeAsATenantTakes() {
        assertThat(fill("a")).isEqualTo(60);
        assertThat(fill("b")).isEqualTo(30);
        assertThat(enter("c")).isTrue();
    }

    @Test
    void givesRoomBackWhenCommandsAreAnswered() {
        fill("a");
        assertThat(enter("a")).isFalse();
        for (int left = 10; left > 0; left--) {
            shares.leave("a");
            waiting--;
        }
        assertThat(fill("a")).isEqualTo(10);
    }

    @Test
    void countsWhatWasTakenAndNotAnsweredYet() {
        fill("a");
        waiting = 0;
        assertThat(fill("a")).isEqualTo(30);
    }

    @Test
    void letsCommandsOfNoTenantTakeAll() {
        assertThat(shares.enter("", CAPACITY)).isTrue();
        shares.leave("");
    }

    private int fill(String tenant) {
        int count = 0;
        while (enter(tenant)) {
            count++;
        }
        return count;
    }

    private boolean enter(String tenant) {
        boolean entered = shares.enter(tenant, waiting);
        waiting += entered ? 1 : 0;
        return entered;
    }
}
