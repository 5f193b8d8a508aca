/**
 * What survives when the server is killed.
 *
 * <p>The <em>history</em> is what clients were told; the <em>books</em> are what the server shows at the end, in memory
 * and in the database; the <em>audit</em> holds one against the other.
 */
@NullMarked
package io.mainstay.verification.crash;

import org.jspecify.annotations.NullMarked;
