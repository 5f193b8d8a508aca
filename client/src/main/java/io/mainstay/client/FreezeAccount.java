package io.mainstay.client;

import java.util.UUID;

/**
 * Let nothing new be taken from an account or given to it.
 *
 * @param reason for people; empty for none
 */
public record FreezeAccount(UUID account, String reason) implements Order<Changed> {}
