/**
 * The inventory: what lies in which warehouse, what of it is spoken for, and orders, which take stock and pay for it.
 *
 * <p>A <em>site</em> groups warehouses; its name decides their shard, by the same rule as the name of a ledger, so that a
 * site and a ledger of one name share a shard. A warehouse is <em>supplied</em> by others, each with a lead time. Every shard
 * knows every <em>item</em>. An <em>allocation</em> is stock that is spoken for: a reservation, an order on its way, or a move
 * to a warehouse of another shard. An <em>entry</em> is what an event did to the stock of one item in one warehouse.
 *
 * <p>Orders are paid by the ledger. This package knows the ledger's public commands and nothing else of it; the ledger does
 * not know this package.
 */
@NullMarked
package io.mainstay.domain.inventory;

import org.jspecify.annotations.NullMarked;
