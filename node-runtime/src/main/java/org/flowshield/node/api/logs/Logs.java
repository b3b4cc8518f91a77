package org.flowshield.node.api.logs;

/** The newest entries of a program's log. Safe for use by any thread; does not wait. */
@FunctionalInterface
public interface Logs {

    LogExcerpt read(LogQuery query);
}
