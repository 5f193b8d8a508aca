/**
 * Events that a projection could not write: each is a {@code DeadLetter}, and those that touch the same rows queue behind it
 * until an operator has them retried or discarded through {@code DeadLetterOperations}.
 */
@NullMarked
package io.mainstay.core.deadletters;

import org.jspecify.annotations.NullMarked;
