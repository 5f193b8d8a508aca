/** Tests of the program that verifies a home. */
@NullMarked
package io.mainstay.verification.audit;

import org.jspecify.annotations.NullMarked;
