package io.mainstay.client;

/**
 * The server's answer to an order.
 *
 * @param repeated true if the order was done before, under the same key, and this is the answer it got then
 */
public record Answer<T>(T value, boolean repeated) {}
