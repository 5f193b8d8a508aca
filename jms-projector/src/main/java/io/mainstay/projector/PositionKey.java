package io.mainstay.projector;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of a {@link PositionRow}. A class and not a record: the persistence provider fills it. */
public class PositionKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private String target = "";
    private int shard;

    /** For the persistence provider. */
    public PositionKey() {}

    PositionKey(String target, int shard) {
        this.target = target;
        this.shard = shard;
    }

    String target() {
        return target;
    }

    int shard() {
        return shard;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PositionKey that && target.equals(that.target) && shard == that.shard;
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, shard);
    }
}
