package io.mainstay.verification.simulation;

/** The rules refuse a command. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    Refused(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    /** As in {@link io.mainstay.core.domain.Rejection#code}. */
    String code() {
        return code;
    }

    static void unless(boolean condition, String code) throws Refused {
        if (!condition) {
            throw new Refused(code);
        }
    }
}
