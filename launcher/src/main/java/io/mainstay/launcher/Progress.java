package io.mainstay.launcher;

/** Takes a line for each long step. */
@FunctionalInterface
public interface Progress {

    void say(String line);
}
