package io.mainstay.domain.ledger;

import io.mainstay.core.route.Route;

/** Take over what another shard has decided by {@link DefineAsset}: a message between shards. */
public record LearnAsset(String tenant, String code, int scale) implements AccountCommand {
    @Override
    public Route route() {
        return new DefineAsset(tenant, code, scale).route();
    }
}
