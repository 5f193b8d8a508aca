package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.domain.Personal;
import io.mainstay.core.route.Route;
import java.util.UUID;

/**
 * Make a person or a company known that may own accounts of the same shard. Name and e-mail are personal data: they are
 * never part of the record's text.
 *
 * @param ledger decides the shard, as that of {@link OpenAccount} does
 * @param name 1 to 140 characters
 * @param email up to 254 characters; empty if there is none
 */
public record RegisterParty(
        String tenant,
        UUID id,
        String ledger,
        @Personal String name,
        @Personal String email) implements AccountCommand {
    public static final int NAME_LENGTH_MAX = 140;
    public static final int EMAIL_LENGTH_MAX = 254;

    public RegisterParty {
        Checks.tenant(tenant);
        Checks.text("ledger", ledger, 1, OpenAccount.LEDGER_LENGTH_MAX);
        Checks.text("name", name, 1, NAME_LENGTH_MAX);
        Checks.text("email", email, 0, EMAIL_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Creating(Fields.shardKey(tenant, ledger), id);
    }

    @Override
    public UUID leading() {
        return id;
    }

    @Override
    public String toString() {
        return "RegisterParty[tenant=" + tenant + ", id=" + id + ", ledger=" + ledger + "]";
    }
}
