package io.mainstay.core.domain;

import io.mainstay.core.route.Route;

/** An order to a domain, verb first: {@code OpenAccount}. Valid in itself; whether it may be done, the state decides. */
public interface Command {
    /** Where the command is decided. A pure function of the command. */
    Route route();
}
