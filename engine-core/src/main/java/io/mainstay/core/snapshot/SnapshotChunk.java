package io.mainstay.core.snapshot;

import java.util.List;
import java.util.function.Supplier;

/**
 * A chunk on its way into a snapshot.
 *
 * @param section what it is a part of: {@code pending}, {@code keys}, {@code mail}, {@code end}, or a domain's name
 * @param bytes all there is to it
 * @param rows the same as records, made when asked for, for people; none for a domain that does not tell
 */
public record SnapshotChunk(String section, byte[] bytes, Supplier<List<?>> rows) {}
