package org.flowshield.app.presence;

/** The window, as far as the app outside of it deals with it. For the FX thread. */
public interface Window {

    /** Whether the person looks at it. */
    boolean isInFront();

    /** Brings it back and in front. */
    void raise();

    /** Takes it away; the app goes on in the tray. */
    void hide();

    /** Ends the app. */
    void quit();

    /**
     * Asks, and waits for the answer: whether the app may end although the machine is connected,
     * which it stays.
     */
    boolean mayQuitConnected();
}
