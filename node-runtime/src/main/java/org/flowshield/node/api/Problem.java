package org.flowshield.node.api;

/**
 * What went wrong, for programs and for people. Immutable.
 *
 * @param code short and stable, in snake case
 * @param message what happened and what it means
 * @param action what the user can do about it
 */
public record Problem(String code, String message, String action) {}
