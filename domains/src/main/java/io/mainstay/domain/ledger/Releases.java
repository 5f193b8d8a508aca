package io.mainstay.domain.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Entries that release reservations one after the other, within one decision: those of one account build on each other. */
final class Releases {
    private final LedgerState state;
    private final Map<UUID, Entry> latest = new HashMap<>();

    Releases(LedgerState state) {
        this.state = state;
    }

    List<Entry> of(Pending reservation) {
        List<Entry> entries = new ArrayList<>(reservation.legs().size());
        for (Leg leg : reservation.legs()) {
            entries.add(release(leg));
        }
        return entries;
    }

    private Entry release(Leg leg) {
        long reservedChange = leg.isDebit() ? leg.amountMinor() : 0;
        long expectedChange = leg.isDebit() ? 0 : -leg.amountMinor();
        Entry before = latest.get(leg.account());
        Entry entry = before == null
                ? Entry.of(state, state.accounts().find(leg.account()), 0, reservedChange, expectedChange)
                : new Entry(
                        before.account(),
                        before.asset(),
                        0,
                        reservedChange,
                        expectedChange,
                        before.balanceMinor(),
                        before.reservedMinor() + reservedChange,
                        before.expectedMinor() + expectedChange,
                        before.version() + 1);
        latest.put(leg.account(), entry);
        return entry;
    }
}
