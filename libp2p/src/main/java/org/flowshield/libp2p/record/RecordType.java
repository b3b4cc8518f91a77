package org.flowshield.libp2p.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an envelope's content is. The domain goes into the signature only, so that a statement made
 * for one purpose proves nothing for another; the code goes over the wire. Immutable.
 *
 * @param domain text that no other type uses
 * @param code the payload type's bytes
 */
public record RecordType(String domain, byte[] code) {

    /** What go-libp2p and js-libp2p use; RFC 0003 has other words, which nobody speaks. */
    public static final RecordType PEER = new RecordType("libp2p-peer-record", new byte[] {3, 1});

    public RecordType {
        code = code.clone();
    }

    byte[] domainBytes() {
        return domain.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] code() {
        return code.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType type
                && domain.equals(type.domain)
                && Arrays.equals(code, type.code);
    }

    @Override
    public int hashCode() {
        return domain.hashCode() * 31 + Arrays.hashCode(code);
    }

    @Override
    public String toString() {
        return domain;
    }
}
