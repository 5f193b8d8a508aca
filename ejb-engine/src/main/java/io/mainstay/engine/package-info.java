/**
 * Hosts the shards in the server: managed threads to drive them, Artemis as their write-ahead log, and the gateway
 * through which the HTTP API reaches them.
 */
@NullMarked
package io.mainstay.engine;

import org.jspecify.annotations.NullMarked;
