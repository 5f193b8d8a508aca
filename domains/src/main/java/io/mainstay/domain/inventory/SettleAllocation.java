package io.mainstay.domain.inventory;

import java.util.UUID;

/** All shards have done their part: an order's pieces leave, a move's have arrived. Never refused. */
public record SettleAllocation(String tenant, UUID id) implements StockStep {}
