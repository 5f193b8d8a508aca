package io.mainstay.domain.inventory;

import java.util.UUID;

/** Some shard has refused its part: an order's pieces are free again, a move's come back. Never refused. */
public record ReleaseAllocation(String tenant, UUID id) implements StockStep {}
