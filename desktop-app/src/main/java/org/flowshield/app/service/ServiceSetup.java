package org.flowshield.app.service;

import org.flowshield.app.daemon.FailureException;

/**
 * Puts the service onto this computer, which needs an administrator. Safe for use by any thread.
 */
public interface ServiceSetup {

    /** Whether {@link #install} can be tried; if not, {@link #command} is for a terminal. */
    boolean canInstall();

    /** What does the same in a terminal. */
    String command();

    /** Asks the person for an administrator's password and installs it: waits for both. */
    void install() throws FailureException, InterruptedException;
}
