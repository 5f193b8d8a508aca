/**
 * Tests of domains in given/when/then, by {@link io.mainstay.testkit.DomainFixture}.
 *
 * <p>Behind the scenes the same command is decided by several <i>witnesses</i>: states with the same events and another
 * history. What they do not agree about, the domain does not have from its arguments alone.
 *
 * <p>{@link io.mainstay.testkit.DirtyTexts} are for everything that texts pass through.
 */
@NullMarked
package io.mainstay.testkit;

import org.jspecify.annotations.NullMarked;
