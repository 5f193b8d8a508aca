/** Verifying a home's log, snapshots and archive from outside of the server. */
@NullMarked
package io.mainstay.verification.audit;

import org.jspecify.annotations.NullMarked;
