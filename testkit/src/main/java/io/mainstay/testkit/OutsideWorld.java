package io.mainstay.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;

/** What deterministic code may not touch: replay has to give the same state again, so all comes in by arguments. */
public final class OutsideWorld {
    private OutsideWorld() {}

    /** Clocks, chance, threads, files, networks, logs, and what differs from one virtual machine to the next. */
    public static ArchCondition<JavaClass> touched() {
        return dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.sql..",
                                "java.util.logging..",
                                "java.util.random..")
                        .or(nameMatching("java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime"
                                + "|System\\$Logger.*)"))
                        .or(nameMatching("java\\.util\\.(Random|SplittableRandom|Timer|TimerTask)"))
                        .or(nameMatching("java\\.util\\.concurrent\\.(ThreadLocalRandom|Executors|.*Executor"
                                + "|.*ExecutorService|ForkJoinPool)"))
                        .or(nameMatching("java\\.security\\.SecureRandom"))
                        .or(nameMatching("java\\.time\\.(Clock|InstantSource)")))
                .or(access("java\\.lang\\.System", "currentTimeMillis|nanoTime|getenv|getProperty|exit|out|err"))
                .or(access("java\\.lang\\.System", "identityHashCode"))
                .or(access("java\\.time\\..*", "now|systemDefault"))
                .or(access("java\\.util\\.(Locale|TimeZone)", "getDefault"))
                .or(access("java\\.lang\\.(Strict)?Math", "random"))
                .or(access("java\\.util\\.UUID", "randomUUID"))
                .or(access("java\\.util\\.Collections", "shuffle"))
                .or(access("java\\.util\\..*", "parallelStream|parallel"))
                .or(access("java\\.util\\.concurrent\\.CompletableFuture", "(run|supply)Async|delayedExecutor"));
    }

    /** Calls, references to methods, and fields. */
    private static ArchCondition<JavaClass> access(String owners, String names) {
        return accessTargetWhere(JavaAccess.Predicates.target(owner(nameMatching(owners)))
                .and(JavaAccess.Predicates.target(nameMatching(names))));
    }
}
