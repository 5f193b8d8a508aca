package io.mainstay.client;

import java.util.UUID;

/**
 * A person or a company.
 *
 * @param email empty for none
 * @param version 1 when registered, and one more for each change
 */
public record Party(UUID id, String ledger, String name, String email, long version, Position position) {}
