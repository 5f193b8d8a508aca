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

/** A transfer as it was posted. Refers to its accounts so that they are inserted first. */
@Entity
@Table(name = "transfers")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class TransferRow {
    @Id
    private UUID id;

    @ManyToOne
    @JoinColumn(name = "from_account_id")
    private AccountRow from;

    @ManyToOne
    @JoinColumn(name = "to_account_id")
    private AccountRow to;

    private String asset;

    @Column(name = "amount_minor")
    private long amountMinor;

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
    protected TransferRow() {}

    TransferRow(TransferPosted posted, AccountRow from, AccountRow to, LogPlace place) {
        id = posted.id();
        this.from = from;
        this.to = to;
        asset = posted.asset();
        amountMinor = posted.amountMinor();
        reference = posted.reference().isEmpty() ? null : posted.reference();
        shard = place.shard();
        logOffset = place.offset();
        createdAt = place.time();
        updatedAt = place.time();
    }

    UUID id() {
        return id;
    }
}
