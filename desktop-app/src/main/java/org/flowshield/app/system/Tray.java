package org.flowshield.app.system;

/**
 * The icon that stays when the window is closed, and its menu. Many desktops have no place for one;
 * then nothing is shown, and everything works without. Safe for use by any thread; no method waits
 * long, but all talk to another process: for a thread beside.
 */
public interface Tray extends AutoCloseable {

    /** Where no desktop has a tray. */
    Tray NONE =
            new Tray() {
                @Override
                public boolean isThere() {
                    return false;
                }

                @Override
                public void show(Look look, TrayMenu menu) {}

                @Override
                public void close() {}
            };

    /** How it looks. */
    enum Look {
        OPEN,
        BUSY,
        CONNECTED,
        /** Something wants to be looked at. */
        TROUBLE
    }

    /** Whether an icon is seen now, so that a person can come back. */
    boolean isThere();

    /** From now on; what looks so already is left alone. */
    void show(Look look, TrayMenu menu);

    @Override
    void close();
}
