package org.flowshield.node.config;

/** How a daemon writes its log. */
public enum LogFormat {
    /** A line for people. */
    TEXT,
    /** A JSON object on each line. */
    JSON
}
