package org.flowshield.node.desk.transaction;

/** Whether money moved. */
public enum Moved {
    /** What was agreed to was done. */
    YES,
    /** Only gas was paid. */
    ONLY_GAS,
    /** Nothing did, nor will. */
    NO,
    /** Nobody can say yet; it may still. */
    NOT_KNOWN
}
