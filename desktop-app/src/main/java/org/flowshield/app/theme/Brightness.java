package org.flowshield.app.theme;

/** Light or dark, or as the system is. */
public enum Brightness {
    SYSTEM,
    LIGHT,
    DARK
}
