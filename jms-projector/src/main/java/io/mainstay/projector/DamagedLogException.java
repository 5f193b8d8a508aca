package io.mainstay.projector;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import jakarta.ejb.ApplicationException;

/** The log or the rows contradict themselves; the shard's projection stops until a person has looked. */
@ApplicationException
final class DamagedLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedLogException(String message) {
        super(message);
    }

    DamagedLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A frame that does not follow what was projected before. */
    static DamagedLogException broken(LogFrame frame, LogPosition position) {
        return new DamagedLogException("frame %d of epoch %d at offset %d does not follow %s"
                .formatted(
                        frame.header().sequence(),
                        frame.header().epoch(),
                        frame.header().firstOffset(),
                        position));
    }
}
