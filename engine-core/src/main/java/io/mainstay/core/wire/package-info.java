/**
 * Little-endian reading and writing of the bytes that go into log frames and snapshots.
 */
@NullMarked
package io.mainstay.core.wire;

import org.jspecify.annotations.NullMarked;
