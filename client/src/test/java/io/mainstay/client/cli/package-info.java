/** Tests of the command line against a server that follows a script. */
@NullMarked
package io.mainstay.client.cli;

import org.jspecify.annotations.NullMarked;
