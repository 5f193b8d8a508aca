package io.mainstay.client;

import java.util.UUID;

/**
 * Give a party another name and e-mail.
 *
 * @param email empty for none
 */
public record ChangeParty(UUID party, String name, String email) implements Order<Changed> {}
