package io.mainstay.domain.ledger;

import io.mainstay.core.route.Route;
import java.util.UUID;

/** A shard's part of a transfer that spans shards: a step of a saga, or a message. Nobody else gives these orders. */
public sealed interface LegCommand extends LedgerCommand
        permits TakeOut, PutIn, Settle, Return, HoldAmount, TakeHeld, Expect, GiveExpected, ReleaseExpected {
    /** Of the transfer. */
    UUID id();

    @Override
    default Route route() {
        return new Route.Unlisted(id());
    }

    @Override
    default UUID leading() {
        return id();
    }
}
