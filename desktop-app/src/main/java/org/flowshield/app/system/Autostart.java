package org.flowshield.app.system;

import java.io.IOException;

/** Whether the app starts when the person logs in. Waits for the disk. */
public interface Autostart {

    boolean isOn() throws IOException;

    void set(boolean on) throws IOException;
}
