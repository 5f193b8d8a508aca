package io.mainstay.core.domain;

/**
 * An attempt within a group that was refused and undone, while the group went on.
 *
 * @param pointer JSON pointer to the attempt within the group: {@code /steps/2}
 * @param rejection why
 */
public record Skipped(String pointer, Rejection rejection) {}
