package io.mainstay.projector;

/** The same where every new row is written by COPY. */
final class CopiedDeadLettersTest extends DeadLettersTest {
    @Override
    int copyRowsMin() {
        return 1;
    }
}
