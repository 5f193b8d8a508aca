/**
 * Mainstay over HTTP: resources take requests, {@code JsonBody} checks what they say, {@code Commands} hands the command
 * to the engine, {@code CommandReplies} puts its outcome into words, and every failure becomes a {@code Problem}.
 */
@NullMarked
package io.mainstay.api;

import org.jspecify.annotations.NullMarked;
