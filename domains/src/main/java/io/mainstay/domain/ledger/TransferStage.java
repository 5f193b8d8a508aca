package io.mainstay.domain.ledger;

/** How far a transfer is, as its shard knows it. */
public enum TransferStage {
    /** Other shards have not answered yet. */
    UNDER_WAY(1, 1),
    /** The receiving account's shard has not answered yet. */
    RESERVING(2, 1),
    RESERVED(3, 1),
    /** The receiving account's shard has not answered yet. */
    CONFIRMING(4, 1),
    POSTED(5, 2),
    /** Other shards have not answered yet whether the reversal can be. */
    REVERSING(6, 2),
    REVERSED(7, 3),
    CANCELLED(8, 2),
    EXPIRED(9, 2),
    /** Another shard's transfer: this one has done its part, which may yet be taken back. */
    TAKEN(10, 0),
    /** Another shard's transfer: reserved there, expected here. */
    EXPECTED(11, 0),
    /** Another shard's transfer: this one's part is done or was released. */
    VISITED(12, 0);

    private static final TransferStage[] ALL = values();

    private final int number;
    private final int version;

    TransferStage(int number, int version) {
        this.number = number;
        this.version = version;
    }

    /** What stands for the stage in snapshots. */
    int number() {
        return number;
    }

    /** Version of a transfer at this stage; 0 if its home is another shard. */
    int version() {
        return version;
    }

    /** What callers are told; of another shard's transfer, how far this shard's part is. */
    String text() {
        return switch (this) {
            case UNDER_WAY, RESERVING, CONFIRMING, TAKEN -> "in-flight";
            case RESERVED, EXPECTED -> "reserved";
            case POSTED, VISITED -> "posted";
            case REVERSING -> "reversing";
            case REVERSED -> "reversed";
            case CANCELLED -> "cancelled";
            case EXPIRED -> "expired";
        };
    }

    /** The stage of a number; {@link IllegalArgumentException} if there is none. */
    static TransferStage of(int number) {
        if (number < 1 || number > ALL.length) {
            throw new IllegalArgumentException("transfer stage " + number + ", 1 to " + ALL.length + " wanted");
        }
        return ALL[number - 1];
    }
}
