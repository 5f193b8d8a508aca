package io.mainstay.core.projection;

/** Takes what an event changes in the tables, in the order in which it happened. */
public interface RowChanges {
    /** A new row; all columns of the table that are not nullable have to be set, but for those that the writer fills. */
    void insert(Row row);

    /** A new row, unless the table has one with the key: then that one stays as it is. */
    void insertIfAbsent(Row row);

    /**
     * New values for some columns of the row with the key, which has to be there. In a table with a version the row
     * states its new one. If the row is not there or at another version than the one before, the event is not projected but becomes
     * a dead letter.
     */
    void update(Row row);

    /**
     * A new row with a key that several shards may use: the row of the shard that was first stays as it is, and one that this
     * shard has made is written over.
     */
    void insertOwn(Row row);

    /** New values for some columns of the row with the key, unless another shard has made it. It has to be there. */
    void updateOwn(Row row);
}
