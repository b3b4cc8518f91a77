package org.flowshield.node.api.json;

import org.flowshield.node.api.Problem;

/** The body of every answer that is an error: {@code {"error":{"code","message","action"}}}. */
public record ErrorBody(Problem error) {}
