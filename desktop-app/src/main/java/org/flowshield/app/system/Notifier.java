package org.flowshield.app.system;

/**
 * Tells a person something while the window is not in front. Nothing that is secret, no address and
 * no amount: anybody may look at the screen. Safe for use by any thread; talks to another process:
 * for a thread beside.
 */
@FunctionalInterface
public interface Notifier {

    /** Where a desktop shows none. */
    Notifier NONE = (_, _) -> {};

    void tell(String title, String words);
}
