package org.flowshield.node.hours;

/** A text that names no hours of a week. */
public final class MalformedHoursException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedHoursException(String message) {
        super(message);
    }
}
