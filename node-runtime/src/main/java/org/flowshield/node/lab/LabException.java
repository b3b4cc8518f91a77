package org.flowshield.node.lab;

import java.io.IOException;

/** The lab could not be made, or a command in it failed; the message says what to do about it. */
public final class LabException extends IOException {

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
