package org.flowshield.libp2p.pubsub.mesh;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;

/** Identities that are the same in each run. */
final class TestPeers {

    private TestPeers() {}

    /** So many keys; those of one seed are always the same. */
    static List<PrivateKey> keys(int count, long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            List<PrivateKey> keys = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                keys.add(PrivateKey.generate(random));
            }
            return keys;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static PeerId id(PrivateKey key) {
        return PeerId.of(key.publicKey());
    }
}
