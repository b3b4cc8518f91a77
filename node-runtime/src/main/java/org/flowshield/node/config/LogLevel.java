package org.flowshield.node.config;

/** From which weight on something is written to the log. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
