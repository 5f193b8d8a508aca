package io.mainstay.testkit;

import io.mainstay.core.domain.Event;
import java.util.UUID;

/**
 * An item was counted.
 *
 * @param amount negative if it was counted down
 * @param untilMicros the time that begins with it, or ends with it if it was counted down; 0 for none
 */
record TallyEvent(String item, long amount, long untilMicros) implements Event {
    @Override
    public UUID created() {
        return Tally.idOf(item);
    }
}
