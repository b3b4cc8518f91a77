package org.flowshield.libp2p.kad;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;

/** Peers for tests: ids as of hashed keys, addresses of the internet. */
public final class SomePeers {

    private SomePeers() {}

    public static PeerId id(RandomGenerator random) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new PeerId(new Multihash(Multihash.SHA2_256, digest).encode());
    }

    public static Multiaddr address(String ip) {
        try {
            return Multiaddr.parse((ip.contains(":") ? "/ip6/" : "/ip4/") + ip + "/tcp/4001");
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    public static PeerInfo info(RandomGenerator random, String ip) {
        return new PeerInfo(id(random), List.of(address(ip)));
    }

    /** One that really is at this address. */
    public static Contact contact(RandomGenerator random, String ip) {
        return contact(info(random, ip));
    }

    public static Contact contact(PeerInfo info) {
        return Contact.of(info, info.addresses().stream().findFirst().flatMap(Network::of));
    }

    /** An address in a network that no other number gives. */
    public static String ip(int number) {
        return (1 + number / 65_536) + "." + number / 256 % 256 + "." + number % 256 + ".1";
    }

    public static Optional<Network> network(String ip) {
        return Network.of(address(ip));
    }
}
