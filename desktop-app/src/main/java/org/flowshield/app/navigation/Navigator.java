package org.flowshield.app.navigation;

/** Takes a person to another screen. For the FX thread. */
public interface Navigator {

    void go(Destination destination);
}
