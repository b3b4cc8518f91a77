package org.flowshield.node.identity;

import org.jspecify.annotations.Nullable;

/** Nobody who is to be believed says how a node stands; it is refused until somebody does. */
public final class RegistryUnavailableException extends Exception {

    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
