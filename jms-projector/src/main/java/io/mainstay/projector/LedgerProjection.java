package io.mainstay.projector;

import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.TransferPosted;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The ledger's events as accounts, transfers and entries. */
final class LedgerProjection {
    /** An event of the ledger and its place in the log. */
    record Fact(LedgerEvent event, LogPlace place) {}

    private final EntityManager entities;
    private final Map<UUID, AccountRow> accounts = new HashMap<>();
    private final Map<UUID, TransferRow> transfers = new HashMap<>();
    private int rows;

    /** For the events of one transaction. */
    LedgerProjection(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Makes the rows, an account's changes as one update.
     *
     * @param repeats whether to look for transfers that have rows already. A shard knows the ids of its own transfers
     *     alone, so two shards may post the same id: the first keeps the transfer's row, both have their entries
     * @return rows inserted or updated
     */
    int apply(List<Fact> facts, boolean repeats) {
        loadAccounts(facts);
        if (repeats) {
            loadTransfers(facts);
        }
        for (Fact fact : facts) {
            switch (fact.event()) {
                case AccountOpened opened -> open(opened, fact.place());
                case TransferPosted posted -> post(posted, fact.place());
            }
        }
        return rows + accounts.size();
    }

    private void open(AccountOpened opened, LogPlace place) {
        AccountRow account = new AccountRow(opened, place);
        entities.persist(account);
        accounts.put(opened.id(), account);
    }

    private void post(TransferPosted posted, LogPlace place) {
        AccountRow from = account(posted.from());
        AccountRow to = account(posted.to());
        from.move(posted.fromBalanceMinor(), posted.fromVersion(), place.time());
        to.move(posted.toBalanceMinor(), posted.toVersion(), place.time());
        TransferRow transfer = transfers.get(posted.id());
        if (transfer == null) {
            transfer = new TransferRow(posted, from, to, place);
            transfers.put(posted.id(), transfer);
            insert(transfer);
        }
        insert(EntryRow.debit(posted, transfer, from, place));
        insert(EntryRow.credit(posted, transfer, to, place));
    }

    private void insert(Object row) {
        entities.persist(row);
        rows++;
    }

    private AccountRow account(UUID id) {
        AccountRow account = accounts.get(id);
        if (account == null) {
            throw new DamagedLogException("account " + id + " has a transfer but no row");
        }
        return account;
    }

    private void loadAccounts(List<Fact> facts) {
        Set<UUID> touched = new HashSet<>();
        Set<UUID> opened = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact.event()) {
                case AccountOpened event -> opened.add(event.id());
                case TransferPosted event -> {
                    touched.add(event.from());
                    touched.add(event.to());
                }
            }
        }
        touched.removeAll(opened);
        for (AccountRow account : load(AccountRow.class, "SELECT * FROM accounts", touched)) {
            accounts.put(account.id(), account);
        }
    }

    private void loadTransfers(List<Fact> facts) {
        Set<UUID> posted = new HashSet<>();
        for (Fact fact : facts) {
            if (fact.event() instanceof TransferPosted event) {
                posted.add(event.id());
            }
        }
        for (TransferRow transfer : load(TransferRow.class, "SELECT * FROM transfers", posted)) {
            transfers.put(transfer.id(), transfer);
        }
    }

    /** One query however many ids: they travel as one array. */
    @SuppressWarnings("unchecked")
    private <R> List<R> load(Class<R> type, String select, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createNativeQuery(select + " WHERE id = ANY (CAST(?1 AS uuid[]))", type)
                .setParameter(1, arrayOf(ids))
                .getResultList();
    }

    private static String arrayOf(Collection<UUID> ids) {
        StringBuilder array = new StringBuilder(2 + 37 * ids.size()).append('{');
        for (UUID id : ids) {
            array.append(array.length() == 1 ? "" : ",").append(id);
        }
        return array.append('}').toString();
    }
}
