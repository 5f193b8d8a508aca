package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Event;
import io.mainstay.verification.simulation.PurseState.Place;

/** What became of a purse. */
sealed interface PurseEvent extends Event {
    record Paid(int receiver, long amountMinor, long serial) implements PurseEvent {}

    record Taken(int sender, long amountMinor, long serial) implements PurseEvent {}

    record Turned(boolean shut) implements PurseEvent {}

    record Held(Place place, long amountMinor) implements PurseEvent {}

    record Kept(Place place, long amountMinor) implements PurseEvent {}

    record Dropped(Place place, long amountMinor) implements PurseEvent {}

    record Grabbed(Place place, long amountMinor) implements PurseEvent {}
}
