package org.flowshield.app.system;

/** What is copied here can be pasted anywhere. For the FX thread. */
public interface SystemClipboard {

    void copy(String text);

    /** The text that is there; empty: none. */
    String text();
}
