/**
 * What a domain shows in a database: {@code Table} and {@code Column} say where, {@code Projection} turns an event into
 * {@code Row} changes, and {@code Check} tells what the state itself knows of them. All of it is data, so that any writer
 * can take it, and any reader can ask for it.
 */
@NullMarked
package io.mainstay.core.projection;

import org.jspecify.annotations.NullMarked;
