package io.mainstay.core.log;

final class InMemoryLogTest extends WriteAheadLogContract {
    private final InMemoryLog log = new InMemoryLog();

    @Override
    protected WriteAheadLog open() {
        return log.open();
    }
}
