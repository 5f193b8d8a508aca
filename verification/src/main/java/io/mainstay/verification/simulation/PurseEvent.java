package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Event;

/** What became of a purse. */
sealed interface PurseEvent extends Event {
    record Paid(int receiver, long amountMinor, long serial) implements PurseEvent {}

    record Taken(int sender, long amountMinor, long serial) implements PurseEvent {}
}
