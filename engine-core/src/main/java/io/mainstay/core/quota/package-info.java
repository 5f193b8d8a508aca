/** What each tenant may do and keep: checks of the {@link io.mainstay.core.gateway.Stage#POLICY} stage. */
@NullMarked
package io.mainstay.core.quota;

import org.jspecify.annotations.NullMarked;
