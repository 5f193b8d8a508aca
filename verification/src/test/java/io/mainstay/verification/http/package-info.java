/** The HTTP interface as a client sees it: every way to succeed and every way to fail. */
@NullMarked
package io.mainstay.verification.http;

import org.jspecify.annotations.NullMarked;
