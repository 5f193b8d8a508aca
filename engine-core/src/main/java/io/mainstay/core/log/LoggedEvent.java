package io.mainstay.core.log;

/**
 * An event as it stands in the log.
 *
 * @param bytes the event in its domain's codec
 */
public record LoggedEvent(int domainId, byte[] bytes) {}
