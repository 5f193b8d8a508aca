package io.mainstay.projector;

/** The projection with every new row copied. */
final class CopiedProjectionTest extends EmbeddedProjectionTest {
    @Override
    int copyRowsMin() {
        return 1;
    }
}
