package io.mainstay.domain.inventory;

import java.util.UUID;

/** An item of another shard is known here. */
public record ItemLearned(String tenant, UUID id, String sku) implements InventoryEvent {}
