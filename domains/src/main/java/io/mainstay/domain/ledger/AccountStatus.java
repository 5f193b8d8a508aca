package io.mainstay.domain.ledger;

import java.util.Locale;

/** What may be done with an account. */
public enum AccountStatus {
    /** Its number is 0, which {@link AccountTable#isOpen} relies on. */
    OPEN(0),
    /** Nothing new is taken from it or given to it; what was reserved before is still confirmed, cancelled or expires. */
    FROZEN(1),
    /** For ever; its balance is zero. */
    CLOSED(2);

    private static final AccountStatus[] ALL = values();

    private final int number;

    AccountStatus(int number) {
        this.number = number;
    }

    /** What callers and tables are told. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands for the status in snapshots. */
    int number() {
        return number;
    }

    /** The status of a number; {@link IllegalArgumentException} if there is none. */
    static AccountStatus of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new IllegalArgumentException("account status " + number + ", 0 to 2 wanted");
        }
        return ALL[number];
    }
}
