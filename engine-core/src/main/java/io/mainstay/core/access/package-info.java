/**
 * How callers get at a domain: {@code Operation} is a command they may give, {@code Read} something they may ask. Both are
 * data; routes, checks, documents and their description in OpenAPI are made of them.
 *
 * <p>A request has {@code Field}s, a {@code Call} holds their checked values, a {@code Document} is what is answered, and a
 * {@code Refusal} names a problem.
 */
@NullMarked
package io.mainstay.core.access;

import org.jspecify.annotations.NullMarked;
