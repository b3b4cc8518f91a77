package org.flowshield.node.cli.prompt;

import org.flowshield.node.cli.CommandFailedException;

/**
 * A person at a terminal. What they type comes as characters that the caller wipes, never as text.
 */
public interface Prompt {

    /** Whether somebody is there. */
    boolean isTerminal();

    /** Tells them something that belongs into no file and no pipe. */
    void say(String line);

    /** Asks for something that is seen while it is typed. */
    char[] ask(String question) throws CommandFailedException;

    /** Asks for something that nobody sees. */
    char[] askSecret(String question) throws CommandFailedException;

    /** Takes what was said off the screen. */
    void clear();
}
