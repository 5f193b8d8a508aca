/** Who may know whom, and what the core may not touch. */
@NullMarked
package io.mainstay.verification.architecture;

import org.jspecify.annotations.NullMarked;
