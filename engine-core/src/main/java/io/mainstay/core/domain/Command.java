package io.mainstay.core.domain;

import io.mainstay.core.route.Route;
import java.util.UUID;

/** An order to a domain, verb first: {@code OpenAccount}. Valid in itself; whether it may be done, the state decides. */
public interface Command {
    /** Where the command is decided. A pure function of the command. */
    Route route();

    /** The aggregate whose version is expected and answered. Hot: overridden where the route costs something. */
    default UUID leading() {
        return route().leading();
    }

    /** Which way of asking this is, for domains that decide old ones otherwise; see {@link CommandHandlers}. */
    default int version() {
        return 1;
    }

    /** Whose command it is, for domains that decide some tenants' otherwise; empty for none. */
    default String tenant() {
        return "";
    }
}
