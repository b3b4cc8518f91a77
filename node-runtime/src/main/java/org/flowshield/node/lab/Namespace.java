package org.flowshield.node.lab;

import java.util.Locale;

/** The four machines of a lab. Each but the router has one interface, {@link #INTERFACE}. */
public enum Namespace {
    CLIENT,
    ROUTER,
    PROVIDER,
    INTERNET;

    /** The interface of every machine but the router, whose interfaces bear the others' names. */
    public static final String INTERFACE = "eth0";

    /** The machine's name without the lab's prefix. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
