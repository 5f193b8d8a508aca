/** The {@code mainstay} command line: accounts and transfers of a running server from a shell. */
@NullMarked
package io.mainstay.client.cli;

import org.jspecify.annotations.NullMarked;
