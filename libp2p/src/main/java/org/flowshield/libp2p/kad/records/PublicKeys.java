package org.flowshield.libp2p.kad.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.kad.records.InvalidValueException.Reason;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.PeerId;

/**
 * The namespace {@code /pk/}: under the hash of a public key, as peer ids have it, there is the key
 * (kad-dht specification). There is one value for each.
 */
public final class PublicKeys implements Validator {

    private static final byte[] PREFIX = "/pk/".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void check(RecordKey key, byte[] value) throws InvalidValueException {
        byte[] name = key.bytes();
        if (name.length <= PREFIX.length) {
            throw new InvalidValueException(Reason.BAD_KEY, "/pk/ without the hash of a key");
        }
        byte[] hash = Arrays.copyOfRange(name, PREFIX.length, name.length);
        try {
            if (!Arrays.equals(hash, PeerId.of(PublicKey.parse(value)).bytes())) {
                throw new InvalidValueException(
                        Reason.BAD_VALUE, "the public key is not the one with this hash");
            }
        } catch (MalformedKeyException e) {
            throw new InvalidValueException(Reason.BAD_VALUE, "no public key: " + e.getMessage());
        }
    }

    @Override
    public boolean isBetter(RecordKey key, byte[] candidate, byte[] known) {
        return false;
    }
}
