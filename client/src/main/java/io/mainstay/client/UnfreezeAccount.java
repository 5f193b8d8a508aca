package io.mainstay.client;

import java.util.UUID;

/** Let a frozen account be used again. */
public record UnfreezeAccount(UUID account) implements Order<Changed> {}
