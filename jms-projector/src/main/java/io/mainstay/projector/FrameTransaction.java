package io.mainstay.projector;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Runs work on the database, all or nothing. */
interface FrameTransaction {
    /** Commits what the work did, or rolls it back and throws what went wrong. */
    <R> R run(Function<EntityManager, R> work);
}
