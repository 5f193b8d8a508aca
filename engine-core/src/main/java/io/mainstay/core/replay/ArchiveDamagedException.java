package io.mainstay.core.replay;

/** The archive does not hold what was written into it. */
public final class ArchiveDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String what;

    /** {@code place} names the file, {@code what} says what is wrong with it. */
    public ArchiveDamagedException(String place, String what) {
        super(place + ": " + what);
        this.place = place;
        this.what = what;
    }

    public String place() {
        return place;
    }

    public String what() {
        return what;
    }
}
