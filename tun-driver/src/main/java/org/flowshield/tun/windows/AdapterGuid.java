package org.flowshield.tun.windows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The GUID of the adapter that has a name: always the same, so that Windows takes it for the same
 * network each time instead of asking the user about "Network 17".
 */
final class AdapterGuid {

    /** Bytes of {@code struct GUID}. */
    static final int SIZE = 16;

    private static final byte[] DOMAIN = "flowshield wintun adapter:".getBytes(UTF_8);

    private AdapterGuid() {}

    /** A UUID of version 8 (RFC 9562: made by a rule of one's own) from the name's SHA-256. */
    static UUID of(String name) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(name));
        long most = (hash.getLong() & ~0xf000L) | 0x8000L;
        long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** As {@code struct GUID}: a DWORD and two WORDs, little-endian, and eight bytes as written. */
    static byte[] encode(UUID guid) {
        long most = guid.getMostSignificantBits();
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (most >>> 32))
                .putShort((short) (most >>> 16))
                .putShort((short) most)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(guid.getLeastSignificantBits())
                .array();
    }

    private static byte[] sha256(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(DOMAIN);
            return digest.digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
