/**
 * Starts and stops Mainstay on one machine: for {@code ./mainstay}, and for tests that drive the packaged server.
 *
 * <p>Glossary: an <em>installation</em> is a build, which running does not change; a <em>home</em> is the directory of
 * one running Mainstay's data, logs and process ids, so that many run from one installation; a <em>part</em> is what is
 * started and stopped: the database, the server with the broker in it. Nothing supervises: what runs is found by its
 * recorded process each time.
 */
@NullMarked
package io.mainstay.launcher;

import org.jspecify.annotations.NullMarked;
