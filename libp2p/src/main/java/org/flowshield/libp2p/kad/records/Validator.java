package org.flowshield.libp2p.kad.records;

import org.flowshield.libp2p.kad.wire.RecordKey;

/**
 * Tells good values of one namespace from bad ones, and the better of two good ones. Without state;
 * safe for use by any thread.
 */
public interface Validator {

    /** Returns if this may be the value of the key. */
    void check(RecordKey key, byte[] value) throws InvalidValueException;

    /** True if one valid value should replace another; false if they are equally good. */
    boolean isBetter(RecordKey key, byte[] candidate, byte[] known);
}
