/**
 * The Java SDK: accounts, transfers, and why they are as they are, over HTTP.
 *
 * <p>An <em>order</em> ({@link io.mainstay.client.OpenAccount}, {@link io.mainstay.client.PostTransfer}, and all that
 * {@link io.mainstay.client.Order} permits) goes out under an idempotency key and is repeated under the same key until
 * the server has answered or the time is up; it is done once however often it is sent. A <em>problem</em> is the
 * server's refusal.
 */
@NullMarked
package io.mainstay.client;

import org.jspecify.annotations.NullMarked;
