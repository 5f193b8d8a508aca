package io.mainstay.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process as it was written down when it started.
 *
 * <p>The system gives a dead process's id to another one sooner or later. So an id alone is never trusted: start time
 * and command line must fit as well, else the process counts as gone.
 */
record RecordedProcess(long pid, Instant started, String commandMark) {

    /** The system reports start times to a second or so, and moves them when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheOne);
    }

    private boolean isTheOne(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean startFits = info.startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
        return startFits
                && info.commandLine().map(line -> line.contains(commandMark)).orElse(false);
    }

    /** Whether the process is gone within the limit. */
    static boolean awaitExit(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new LauncherException("cannot watch process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted while waiting for process " + process.pid() + " to end", e);
        }
    }
}
