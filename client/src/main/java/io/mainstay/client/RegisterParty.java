package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Register a person or a company, who may own accounts of the same ledger.
 *
 * @param id given by the caller, or null to let the server choose
 * @param email empty for none
 */
public record RegisterParty(@Nullable UUID id, String ledger, String name, String email) implements Order<Changed> {}
