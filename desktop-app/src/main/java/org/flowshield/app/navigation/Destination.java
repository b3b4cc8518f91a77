package org.flowshield.app.navigation;

/** Where one can go in the app, in the order of the sidebar. */
public enum Destination {
    CONNECT("connect"),
    PROVIDERS("providers"),
    WALLET("wallet"),
    IDENTITY("identity"),
    SHARE("share"),
    PREFERENCES("preferences");

    private final String key;

    Destination(String key) {
        this.key = key;
    }

    /** Names it in texts, settings and the ids of nodes. */
    public String key() {
        return key;
    }
}
