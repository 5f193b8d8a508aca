package io.mainstay.core.gateway;

import java.util.Set;

/**
 * On whose behalf a command is submitted.
 *
 * @param name of the user or the program; empty if nobody was authenticated
 * @param tenant empty if there is none
 */
public record Caller(String name, String tenant, Set<String> roles) {
    /** Nobody in particular: the engine itself, or a server without users. */
    public static final Caller ANONYMOUS = new Caller("", "", Set.of());

    public Caller {
        roles = Set.copyOf(roles);
    }
}
