package io.mainstay.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's file that says how clients of the home's database prove who they are. */
final class ClientAuthentication {

    private static final String BY_PASSWORD = "scram-sha-256";
    private static final String NOT_AT_ALL = "trust";

    private final Path data;

    ClientAuthentication(Path data) {
        this.data = data;
    }

    /** Everybody, by a password. */
    void byPassword() {
        write(BY_PASSWORD);
    }

    /** Only the superuser can come in, and without a password: it is lost, or there has never been one. */
    void superuserOnly() {
        write(NOT_AT_ALL);
    }

    private void write(String ofSuperuser) {
        String others = ofSuperuser.equals(NOT_AT_ALL) ? "reject" : BY_PASSWORD;
        Path file = data.resolve("pg_hba.conf");
        try {
            Files.writeString(file, """
                    # Written at each start.
                    host  all          postgres  127.0.0.1/32  %1$s
                    host  all          all       127.0.0.1/32  %2$s
                    host  replication  all       127.0.0.1/32  %2$s
                    """.formatted(ofSuperuser, others));
        } catch (IOException e) {
            throw new LauncherException("cannot write " + file, e);
        }
    }
}
