package io.mainstay.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Passwords of the database that this home starts: drawn when they are first wanted, and kept in a file that nobody but its
 * owner can read. A password that the environment gives is not kept.
 */
final class DatabaseSecrets {

    private static final int PASSWORD_BYTES = 32;
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Settings settings;
    private final Path file;

    DatabaseSecrets(Settings settings) {
        this.settings = settings;
        this.file = settings.home().resolve("secrets/database.properties");
    }

    Path file() {
        return file;
    }

    /** The one from the environment, else the one kept, else a new one, which is kept from now on. */
    String password(DatabaseRole role) {
        return settings.find(role.passwordVariable())
                .or(() -> kept(role.user()))
                .orElseGet(() -> keep(role.user(), draw()));
    }

    /** The one that is kept for a user. */
    Optional<String> kept(String user) {
        return Optional.ofNullable(read().getProperty(user));
    }

    /** Keeps a password, and returns it. */
    String keep(String user, String password) {
        Properties secrets = read();
        secrets.setProperty(user, password);
        write(secrets);
        return password;
    }

    static String draw() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Properties read() {
        Properties secrets = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                secrets.load(reader);
            } catch (IOException e) {
                throw new LauncherException("cannot read " + file, e);
            }
        }
        return secrets;
    }

    /** Beside the file first: a crash leaves the old one or the new one. */
    private void write(Properties secrets) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, OWN);
            try (Writer writer = Files.newBufferedWriter(fresh, StandardOpenOption.WRITE)) {
                secrets.store(writer, "Passwords of the database in this home");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LauncherException("cannot write " + file, e);
        }
    }
}
