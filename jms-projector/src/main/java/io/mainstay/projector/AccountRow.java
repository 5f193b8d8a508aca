package io.mainstay.projector;

import io.mainstay.core.Invariants;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.OpenAccount;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as of the projected position. */
@Entity
@Table(name = "accounts")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class AccountRow {
    @Id
    private UUID id;

    private String ledger;
    private String asset;

    @Column(name = "min_balance_minor")
    private @Nullable Long minBalanceMinor;

    @Column(name = "balance_minor")
    private long balanceMinor;

    private long version;
    private int shard;

    @Column(name = "created_at")
    @Convert(converter = InstantColumn.class)
    private Instant createdAt;

    @Column(name = "updated_at")
    @Convert(converter = InstantColumn.class)
    private Instant updatedAt;

    /** For the persistence provider. */
    protected AccountRow() {}

    AccountRow(AccountOpened opened, LogPlace place) {
        id = opened.id();
        ledger = opened.ledger();
        asset = opened.asset();
        minBalanceMinor = opened.minBalanceMinor() == OpenAccount.UNLIMITED ? null : opened.minBalanceMinor();
        version = 1;
        shard = place.shard();
        createdAt = place.time();
        updatedAt = place.time();
    }

    /** Takes the balance after a transfer; versions come without a gap, or rows are missing. */
    void move(long newBalanceMinor, long newVersion, Instant time) {
        Invariants.check(newVersion == version + 1, "account version %d projected after %d", newVersion, version);
        balanceMinor = newBalanceMinor;
        version = newVersion;
        updatedAt = time;
    }

    UUID id() {
        return id;
    }
}
