package io.mainstay.projector;

import io.mainstay.core.reconcile.ReconcileReport.ShardReport;

/** Told what comparisons of engine and database find. Called by one thread at a time. */
interface ReconcileMetrics {
    void compared(ShardReport report);

    /** A run has ended: whatever it was to compare is compared, and that many differences were found. */
    void ended(boolean allShards, long differenceCount);

    /** A run was broken off. */
    void failed();
}
