package io.mainstay.core.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that chains of frames, states and compacted archives are hashed with. */
public final class Digests {
    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
