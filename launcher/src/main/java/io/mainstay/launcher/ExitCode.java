package io.mainstay.launcher;

/** How a command ends; {@code ./mainstay help} lists the same. */
enum ExitCode {
    FAILED(1),
    NOT_RUNNING(3),
    PORT_IN_USE(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
