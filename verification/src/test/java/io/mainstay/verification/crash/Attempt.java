package io.mainstay.verification.crash;

import io.mainstay.client.Transfer;
import java.util.UUID;

/**
 * An order that a client sent, and what it learned about it. The order's id is the client's own.
 *
 * @param id of the transfer
 */
record Attempt(UUID id, UUID from, UUID to, long amountMinor, Result result) {
    /** What the client knows. */
    sealed interface Result {}

    /** Done, said the server. */
    record Answered(Transfer transfer) implements Result {}

    /** Not done and never will be, said the server. */
    record Refused(String code) implements Result {}

    /** The client gave up before it was told: done once or not at all. */
    record Unlearned() implements Result {}
}
