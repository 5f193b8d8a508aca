package io.mainstay.core.reconcile;

import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Compares what the database shows with what the engine holds. Safe for use by many threads; nothing here blocks. */
public interface Reconciliation {
    /**
     * Compares one shard of this server, or all, one after the other; commands and projection go on.
     *
     * <p>One comparison is made at a time. The stage fails with {@link io.mainstay.core.EngineException}: RETRY if another
     * one is under way or the server stops, DEGRADED if database or log cannot be read, or not in time; and with {@link
     * IllegalArgumentException} if there is no such shard.
     */
    CompletionStage<ReconcileReport> reconcile(OptionalInt shard);
}
