package org.flowshield.libp2p.kad;

import java.util.Arrays;

/**
 * The best value that was found. Immutable.
 *
 * @param agreeing how many peers gave it
 * @param asked how many peers answered at all
 */
public record FoundValue(byte[] value, int agreeing, int asked) {

    public FoundValue {
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FoundValue it
                && Arrays.equals(value, it.value)
                && agreeing == it.agreeing
                && asked == it.asked;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }
}
