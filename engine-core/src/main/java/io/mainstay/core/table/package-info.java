/**
 * Tables in primitive arrays: what a shard remembers in millions is no work for the garbage collector.
 */
@NullMarked
package io.mainstay.core.table;

import org.jspecify.annotations.NullMarked;
