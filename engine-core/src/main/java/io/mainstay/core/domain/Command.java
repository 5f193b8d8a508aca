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
}
