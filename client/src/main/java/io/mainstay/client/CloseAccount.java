package io.mainstay.client;

import java.util.UUID;

/** Close an account for ever; its balance has to be 0, with nothing reserved or expected. */
public record CloseAccount(UUID account) implements Order<Changed> {}
