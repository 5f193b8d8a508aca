package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdTable;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Parties in the order they were registered, found by id. */
final class PartyTable {
    static final int NONE = IdTable.NONE;

    private final IdTable numbers = new IdTable();
    private final List<PartyView> parties = new ArrayList<>();

    int size() {
        return parties.size();
    }

    /** The number of a party, or {@link #NONE}. */
    int find(UUID id) {
        return numbers.get(id);
    }

    PartyView get(int number) {
        return parties.get(number);
    }

    void add(PartyView party) {
        numbers.put(party.id(), parties.size());
        parties.add(party);
    }

    void set(PartyView party) {
        parties.set(numbers.get(party.id()), party);
    }

    /** Removes the party added last, which has to be this one. */
    void removeLast(UUID id) {
        int number = numbers.get(id);
        Invariants.check(number == parties.size() - 1, "party %d removed, the last is %d", number, parties.size() - 1L);
        numbers.remove(id);
        parties.remove(number);
    }
}
