package io.mainstay.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/**
 * Whether the tables of the projection have been seen since the start.
 *
 * <p>Once they were, the database is not asked again: a server that has lost its database still takes commands.
 */
@Singleton
final class ProjectionTables {
    private final BooleanSupplier answers;
    private volatile boolean seen;

    @Inject
    ProjectionTables(ProjectionReads reads) {
        this(reads::answers);
    }

    ProjectionTables(BooleanSupplier answers) {
        this.answers = answers;
    }

    /** Asks the database until it has answered once. */
    boolean seen() {
        if (!seen) {
            seen = answers.getAsBoolean();
        }
        return seen;
    }
}
