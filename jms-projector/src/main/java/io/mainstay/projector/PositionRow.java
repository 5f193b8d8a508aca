package io.mainstay.projector;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** How far a target has come in a shard's log. */
@Entity
@Table(name = "projection_positions")
@IdClass(PositionKey.class)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class PositionRow {
    @Id
    private String target;

    @Id
    private int shard;

    @Column(name = "next_sequence")
    private long nextSequence;

    @Column(name = "next_offset")
    private long nextOffset;

    @Column(name = "executed_before")
    private long executedBefore;

    private int epoch;

    @Column(name = "frame_hash")
    private byte[] frameHash;

    @Column(name = "created_at")
    @Convert(converter = InstantColumn.class)
    private Instant createdAt;

    @Column(name = "updated_at")
    @Convert(converter = InstantColumn.class)
    private Instant updatedAt;

    /** For the persistence provider. */
    protected PositionRow() {}

    PositionRow(PositionKey key, Instant time) {
        target = key.target();
        shard = key.shard();
        frameHash = LogPosition.START.hash();
        createdAt = time;
    }

    LogPosition position() {
        return new LogPosition(nextSequence, nextOffset, epoch, frameHash);
    }

    /** The offset of the next command whose outcome is to be projected; not above the position's offset. */
    long executedBefore() {
        return executedBefore;
    }

    /** Stands right before this frame, which tells outcomes, as if all before it were projected. */
    void beginAt(LogFrame frame) {
        nextSequence = frame.header().sequence();
        nextOffset = frame.header().firstOffset();
        epoch = frame.header().epoch();
        frameHash = frame.header().previousHash();
        executedBefore = frame.executed().get(0).firstOffset();
    }

    void advance(LogFrame frame, Instant time) {
        executedBefore = Math.max(executedBefore, frame.executedBefore());
        nextSequence = frame.header().sequence() + 1;
        nextOffset = frame.header().nextOffset();
        epoch = frame.header().epoch();
        frameHash = frame.hash();
        updatedAt = time;
    }
}
