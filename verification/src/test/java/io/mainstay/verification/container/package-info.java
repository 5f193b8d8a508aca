/** The application from inside: tests that run in the server, beside its beans. */
@NullMarked
package io.mainstay.verification.container;

import org.jspecify.annotations.NullMarked;
