package io.mainstay.core.wire;

/** Bytes that are not what their reader expects: cut short, or of another format. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
