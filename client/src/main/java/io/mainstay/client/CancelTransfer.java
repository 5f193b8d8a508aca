package io.mainstay.client;

import java.util.UUID;

/** Release what a reserved transfer has set aside. */
public record CancelTransfer(UUID transfer) implements Order<Transfer> {}
