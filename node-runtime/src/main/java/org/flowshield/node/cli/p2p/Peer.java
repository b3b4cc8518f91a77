package org.flowshield.node.cli.p2p;

import java.time.Clock;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Version;

/** Our end: a host that says who it is, and its key. */
public final class Peer implements AutoCloseable {

    private final PrivateKey key;
    private final Host host;
    private final Identify identify;
    private final AdvertisedAddresses advertised = AdvertisedAddresses.ofThisMachine();

    Peer(PrivateKey key, Host host, Clock clock) {
        this.key = key;
        this.host = host;
        this.identify =
                Identify.install(host, key, "flowshield/" + Version.current(), clock, advertised);
    }

    public Host host() {
        return host;
    }

    public Identify identify() {
        return identify;
    }

    /** The host's key; stays this one's to close. */
    PrivateKey key() {
        return key;
    }

    public AdvertisedAddresses advertised() {
        return advertised;
    }

    /** Where others can reach us, with our id. */
    public List<Multiaddr> addresses() {
        return advertised.of(host.listenAddresses()).stream()
                .map(address -> address.withPeer(host.peerId()))
                .toList();
    }

    @Override
    public void close() {
        host.close();
        key.close();
    }
}
