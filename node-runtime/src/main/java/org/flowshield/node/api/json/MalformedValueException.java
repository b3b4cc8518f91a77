package org.flowshield.node.api.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.InvalidFormatException;

/** A text that claims to be an amount, an address or another value is none. */
public final class MalformedValueException extends InvalidFormatException {

    private static final long serialVersionUID = 1;

    MalformedValueException(JsonParser parser, String message, Object value, Class<?> type) {
        super(parser, message, value, type);
    }
}
