/**
 * What a business domain is to the engine: commands (orders), events (facts), a state machine that decides and applies.
 */
@NullMarked
package io.mainstay.core.domain;

import org.jspecify.annotations.NullMarked;
