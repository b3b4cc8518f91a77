package org.flowshield.libp2p.kad.records;

import java.util.Arrays;
import org.flowshield.libp2p.kad.wire.RecordKey;

/** Takes any value; the greater one, octet by octet, is the better. For trials and tests. */
public final class GreatestValue implements Validator {

    @Override
    public void check(RecordKey key, byte[] value) {}

    @Override
    public boolean isBetter(RecordKey key, byte[] candidate, byte[] known) {
        return Arrays.compareUnsigned(candidate, known) > 0;
    }
}
