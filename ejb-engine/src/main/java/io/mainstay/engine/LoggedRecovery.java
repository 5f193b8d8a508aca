package io.mainstay.engine;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** A shard's log that says every few seconds how far its recovery has come. */
public final class LoggedRecovery implements WriteAheadLog {
    private static final Logger LOG = Logger.getLogger(LoggedRecovery.class.getName());

    private final WriteAheadLog log;
    private final int shard;
    private final OptionalLong expected;

    /** {@code files} know the offset that the shard had come to before. */
    public LoggedRecovery(WriteAheadLog log, int shard, ShardFiles files) {
        this.log = log;
        this.shard = shard;
        this.expected = files.reached().read();
    }

    @Override
    public void recover(Consumer<byte[]> frames) {
        ReplayLogger progress = new ReplayLogger("shard " + shard + " recovers", expected, System::nanoTime, LOG::info);
        log.recover(frame -> {
            frames.accept(frame);
            progress.reached(nextOffset(frame), frame.length);
        });
    }

    @Override
    public Append append(long sequence, byte[] frame, int size) {
        return log.append(sequence, frame, size);
    }

    @Override
    public void close() {
        log.close();
    }

    /** A frame that cannot be read is the shard's to complain about, and it has not. */
    private static long nextOffset(byte[] frame) {
        try {
            return FrameHeader.read(new WireReader(frame)).nextOffset();
        } catch (WireException e) {
            throw new IllegalStateException("a frame that was accepted has no header", e);
        }
    }
}
