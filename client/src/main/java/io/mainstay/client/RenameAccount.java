package io.mainstay.client;

import java.util.UUID;

/**
 * Give an account another reference.
 *
 * @param reference free text for people; empty for none
 */
public record RenameAccount(UUID account, String reference) implements Order<Changed> {}
