package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.domain.Personal;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/** Give a party another name and e-mail, which are personal data: see {@link RegisterParty}. */
public record ChangeParty(
        String tenant,
        UUID id,
        @Personal String name,
        @Personal String email) implements AccountCommand {
    public ChangeParty {
        Checks.tenant(tenant);
        Checks.text("name", name, 1, RegisterParty.NAME_LENGTH_MAX);
        Checks.text("email", email, 0, RegisterParty.EMAIL_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(id));
    }

    @Override
    public UUID leading() {
        return id;
    }

    @Override
    public String toString() {
        return "ChangeParty[tenant=" + tenant + ", id=" + id + "]";
    }
}
