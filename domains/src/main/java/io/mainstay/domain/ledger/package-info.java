/**
 * The ledger: accounts that hold an asset in minor units, and transfers that move it from one account to another.
 *
 * <p>A <em>ledger</em> groups accounts that transact with each other; its name decides their shard. An <em>entry</em> is
 * one account's side of a transfer.
 */
@NullMarked
package io.mainstay.domain.ledger;

import org.jspecify.annotations.NullMarked;
