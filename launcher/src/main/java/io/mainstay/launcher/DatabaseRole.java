package io.mainstay.launcher;

import java.util.Locale;

/** A role of the database that the server logs in as; {@code db/roles.sql} makes it. */
enum DatabaseRole {
    MIGRATOR,
    WRITER,
    READER;

    /** In the database. */
    String user() {
        return "mainstay_" + name().toLowerCase(Locale.ROOT);
    }

    /** The variable by which the server learns the user. */
    String userVariable() {
        return "MAINSTAY_DB_" + name() + "_USER";
    }

    String passwordVariable() {
        return "MAINSTAY_DB_" + name() + "_PASSWORD";
    }
}
