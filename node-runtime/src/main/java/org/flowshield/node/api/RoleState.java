package org.flowshield.node.api;

/** Where a role stands in its life. */
public enum RoleState {
    OFF,
    STARTING,
    ON,
    STOPPING,
    /** It was to be on and could not, or broke; the node keeps the reason. */
    FAILED
}
