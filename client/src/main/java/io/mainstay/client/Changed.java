package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;

/**
 * The answer to an order that changes an account or a party, or registers one.
 *
 * @param id of the account or the party
 * @param version of it since
 */
public record Changed(UUID id, long version, Position position, Instant at) {}
