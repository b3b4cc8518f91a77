package org.flowshield.app.logs;

/** Whose log is shown. */
enum LogSource {
    SERVICE,
    APP
}
