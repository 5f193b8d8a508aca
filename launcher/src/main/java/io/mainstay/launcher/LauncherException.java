package io.mainstay.launcher;

/** Says what could not be started or stopped, and what to do about it. */
public final class LauncherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    LauncherException(String message) {
        this(ExitCode.FAILED, message);
    }

    LauncherException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    LauncherException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
