package io.mainstay.projector;

import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionHook;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All hooks of the projection. */
final class Hooks {
    private static final Logger LOG = Logger.getLogger(Hooks.class.getName());

    private final List<ProjectionHook> all;

    Hooks(List<ProjectionHook> all) {
        this.all = List.copyOf(all);
    }

    /** {@link HookException} if one of them does not let the rows be written. */
    void before(ProjectedRows rows) {
        for (ProjectionHook hook : all) {
            try {
                hook.before(rows);
            } catch (RuntimeException failure) {
                throw new HookException(
                        "shard %d: %s holds the projection up to offset %d back: %s"
                                .formatted(rows.shard(), hook.getClass().getName(), rows.nextOffset(), failure),
                        failure);
            }
        }
    }

    void after(ProjectedRows rows) {
        all.forEach(hook -> after(hook, rows));
    }

    /** Rows of a target were changed otherwise than by its next transaction. */
    void replaced(String target) {
        for (ProjectionHook hook : all) {
            try {
                hook.replaced(target);
            } catch (RuntimeException failure) {
                LOG.log(
                        Level.WARNING,
                        failure,
                        () -> hook.getClass().getName() + " failed for new rows of target " + target);
            }
        }
    }

    private static void after(ProjectionHook hook, ProjectedRows rows) {
        try {
            hook.after(rows);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> "shard %d: %s failed after a commit up to offset %d; projection goes on"
                            .formatted(rows.shard(), hook.getClass().getName(), rows.nextOffset()));
        }
    }
}
