package org.flowshield.libp2p.kad.routing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A place in the key space: the SHA-256 of a peer's id or of a key. The distance of two is their
 * XOR, read as an unsigned number of 256 bits (kad-dht specification). Immutable.
 */
public record KadId(long first, long second, long third, long fourth) {

    /** How many bits a place has. */
    public static final int BITS = 256;

    public static KadId of(byte[] preimage) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(preimage));
            return new KadId(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static KadId of(PeerId peer) {
        return of(peer.bytes());
    }

    public static KadId of(RecordKey key) {
        return of(key.bytes());
    }

    /** The nearest to {@code target} first. */
    public static Comparator<KadId> nearestTo(KadId target) {
        return (left, right) -> target.compareDistance(left, right);
    }

    /** Less than zero if {@code left} is nearer to this than {@code right}. */
    public int compareDistance(KadId left, KadId right) {
        int order = Long.compareUnsigned(first ^ left.first, first ^ right.first);
        if (order == 0) {
            order = Long.compareUnsigned(second ^ left.second, second ^ right.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third ^ left.third, third ^ right.third);
        }
        if (order == 0) {
            order = Long.compareUnsigned(fourth ^ left.fourth, fourth ^ right.fourth);
        }
        return order;
    }

    /** How many leading bits both have in common: {@value #BITS} if they are equal. */
    public int commonPrefix(KadId other) {
        if (first != other.first) {
            return Long.numberOfLeadingZeros(first ^ other.first);
        }
        if (second != other.second) {
            return Long.SIZE + Long.numberOfLeadingZeros(second ^ other.second);
        }
        if (third != other.third) {
            return 2 * Long.SIZE + Long.numberOfLeadingZeros(third ^ other.third);
        }
        return 3 * Long.SIZE + Long.numberOfLeadingZeros(fourth ^ other.fourth);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first)
                + hex.toHexDigits(second)
                + hex.toHexDigits(third)
                + hex.toHexDigits(fourth);
    }
}
