/** What the tests from outside share: a server of this build, its HTTP interface, its database. */
@NullMarked
package io.mainstay.verification.harness;

import org.jspecify.annotations.NullMarked;
