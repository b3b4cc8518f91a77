package org.flowshield.node.fullnode;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.fullnode.index.Bounds;

/**
 * How a fullnode runs. Immutable.
 *
 * @param listen where peers are awaited
 * @param http where the market is told to browsers and scripts; empty: nowhere
 * @param index the file that it is kept in
 */
public record FullnodeSettings(
        List<Multiaddr> listen, Optional<InetSocketAddress> http, Path index, Bounds bounds) {

    public FullnodeSettings {
        listen = List.copyOf(listen);
    }
}
