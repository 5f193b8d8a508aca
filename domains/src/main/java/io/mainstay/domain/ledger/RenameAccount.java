package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Give an account another reference.
 *
 * @param reference free text for people, up to 140 characters; empty if there is none
 */
public record RenameAccount(String tenant, UUID id, String reference) implements AccountCommand {
    public RenameAccount {
        Checks.tenant(tenant);
        Checks.text("reference", reference, 0, OpenAccount.REFERENCE_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(id));
    }

    @Override
    public UUID leading() {
        return id;
    }
}
