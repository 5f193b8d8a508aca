/** Tests of the SDK against a server that follows a script. */
@NullMarked
package io.mainstay.client;

import org.jspecify.annotations.NullMarked;
