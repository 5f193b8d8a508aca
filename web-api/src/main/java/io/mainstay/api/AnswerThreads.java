package io.mainstay.api;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that answers are made and sent on: a few that never wait, and some that wait for the database, as
 * many as the pool has connections: whoever waits does so in one bounded queue, and with a thread comes a connection.
 *
 * <p>They are threads of our own, because Open Liberty remembers a request's context by thread: sent from the pool that
 * takes requests as well, one answer in some thousands failed inside the container.
 */
@Singleton
final class AnswerThreads {
    private static final Logger LOG = Logger.getLogger(AnswerThreads.class.getName());
    private static final ThreadLocal<Boolean> GIVEN_UP = ThreadLocal.withInitial(() -> false);
    private static final int REPLY_THREADS_MIN = 2;
    private static final int READ_QUEUE_CAPACITY = 1024;

    private final ExecutorService replies;
    private final ExecutorService reads;

    @Inject
    AnswerThreads(@FromServer ManagedThreadFactory threads, @FromServer PoolConfig pool) {
        this((ThreadFactory) threads, pool);
    }

    AnswerThreads(ThreadFactory threads, PoolConfig pool) {
        replies = Executors.newFixedThreadPool(
                Math.max(REPLY_THREADS_MIN, Runtime.getRuntime().availableProcessors()), threads);
        reads = new ReadPool(threads, pool.readConnections());
    }

    /** For work that does not wait. As much comes here as the shards' mailboxes hold. */
    Executor replies() {
        return replies;
    }

    /** For questions to the database; throws {@link ProblemException} when too many wait already. */
    Executor reads() {
        return reads;
    }

    /**
     * Ends this thread behind the task that it has in hand, if it is one of the reads'; another one takes its place. The
     * container keeps a connection that broke, for it could not end its transaction, as long as the thread lives that had it:
     * soon that would be all of the pool.
     */
    static void giveUp() {
        GIVEN_UP.set(true);
    }

    @PreDestroy
    void stop() {
        replies.shutdownNow();
        reads.shutdownNow();
    }

    private static void refuse(Runnable task, ThreadPoolExecutor pool) {
        throw new ProblemException(Problem.of(
                        ProblemType.PROJECTION_UNAVAILABLE,
                        "More than " + READ_QUEUE_CAPACITY + " reads wait for the database; ask again.")
                .retryAfterMillis(1000));
    }

    /** Threads that can be given up. */
    private static final class ReadPool extends ThreadPoolExecutor {
        ReadPool(ThreadFactory threads, int size) {
            super(
                    size,
                    size,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(READ_QUEUE_CAPACITY),
                    task -> quiet(threads.newThread(task)),
                    AnswerThreads::refuse);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            if (GIVEN_UP.get()) {
                throw new GivenUpException();
            }
        }

        private static Thread quiet(Thread thread) {
            thread.setUncaughtExceptionHandler((ended, failure) -> LOG.log(
                    failure instanceof GivenUpException ? Level.FINE : Level.SEVERE,
                    failure,
                    () -> "thread " + ended.getName() + " ends"));
            return thread;
        }
    }

    /** A thread ends. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
