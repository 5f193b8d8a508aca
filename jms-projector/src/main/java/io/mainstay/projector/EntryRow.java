package io.mainstay.projector;

import io.mainstay.domain.ledger.TransferPosted;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One account's side of a transfer. */
@Entity
@Table(name = "entries")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class EntryRow {
    private static final int DEBIT = 0;
    private static final int CREDIT = 1;

    @Id
    private UUID id;

    @ManyToOne
    @JoinColumn(name = "account_id")
    private AccountRow account;

    @ManyToOne
    @JoinColumn(name = "transfer_id")
    private TransferRow transfer;

    @Column(name = "counterparty_id")
    private UUID counterpartyId;

    @Column(name = "amount_minor")
    private long amountMinor;

    @Column(name = "balance_minor")
    private long balanceMinor;

    @Column(name = "account_version")
    private long accountVersion;

    private @Nullable String reference;
    private int shard;

    @Column(name = "log_offset")
    private long logOffset;

    @Column(name = "created_at")
    @Convert(converter = InstantColumn.class)
    private Instant createdAt;

    @Column(name = "updated_at")
    @Convert(converter = InstantColumn.class)
    private Instant updatedAt;

    /** For the persistence provider. */
    protected EntryRow() {}

    private EntryRow(TransferPosted posted, TransferRow transfer, AccountRow account, LogPlace place, int side) {
        id = place.id(side);
        this.account = account;
        this.transfer = transfer;
        reference = posted.reference().isEmpty() ? null : posted.reference();
        shard = place.shard();
        logOffset = place.offset();
        createdAt = place.time();
        updatedAt = place.time();
    }

    static EntryRow debit(TransferPosted posted, TransferRow transfer, AccountRow account, LogPlace place) {
        EntryRow entry = new EntryRow(posted, transfer, account, place, DEBIT);
        entry.counterpartyId = posted.to();
        entry.amountMinor = -posted.amountMinor();
        entry.balanceMinor = posted.fromBalanceMinor();
        entry.accountVersion = posted.fromVersion();
        return entry;
    }

    static EntryRow credit(TransferPosted posted, TransferRow transfer, AccountRow account, LogPlace place) {
        EntryRow entry = new EntryRow(posted, transfer, account, place, CREDIT);
        entry.counterpartyId = posted.from();
        entry.amountMinor = posted.amountMinor();
        entry.balanceMinor = posted.toBalanceMinor();
        entry.accountVersion = posted.toVersion();
        return entry;
    }
}
