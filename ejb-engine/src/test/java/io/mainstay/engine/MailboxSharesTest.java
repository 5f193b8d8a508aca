package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MailboxSharesTest {
    private static final int CAPACITY = 120;

    private final MailboxShares shares = new MailboxShares(CAPACITY);
    private int waiting;

    @Test
    void aLoneTenantLeavesAnEighth() {
        assertThat(fill("a")).isEqualTo(105);
        assertThat(enter("b")).isTrue();
    }

    @Test
    void leavesAsMuchFreeAsATenantTakes() {
        bothCame();
        assertThat(fill("a")).isEqualTo(60);
        assertThat(fill("b")).isEqualTo(30);
        assertThat(enter("c")).isTrue();
    }

    @Test
    void theDefaultTenantIsOneAsWell() {
        bothCame();
        assertThat(fill("")).isEqualTo(60);
    }

    @Test
    void givesRoomBackWhenCommandsAreAnswered() {
        bothCame();
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
        bothCame();
        fill("a");
        waiting = 0;
        assertThat(fill("a")).isEqualTo(30);
    }

    private void bothCame() {
        for (String tenant : List.of("a", "b")) {
            assertThat(shares.enter(tenant, 0)).isTrue();
            shares.leave(tenant);
        }
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
