package org.flowshield.node.network;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.contracts.network.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.network.RpcUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was chosen of a node's ways, and the file that it is kept in. Safe for use by any thread.
 */
public final class KeptNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(KeptNetwork.class);

    private final Path file;
    private final List<Multiaddr> usual;
    private volatile ChosenNetwork chosen;

    private KeptNetwork(Path file, List<Multiaddr> usual, ChosenNetwork chosen) {
        this.file = file;
        this.usual = List.copyOf(usual);
        this.chosen = chosen;
    }

    /**
     * Reads what was chosen. A file that can't be read is told in the log, and counts as none: the
     * node starts all the same, and its owner can choose again.
     *
     * @param usual whom the node begins with where nobody chose
     */
    public static KeptNetwork open(Path file, List<Multiaddr> usual) {
        try {
            return new KeptNetwork(file, usual, ChosenNetwork.read(file));
        } catch (IOException e) {
            LOG.error(
                    "the RPCs and bootstrap nodes that were chosen can't be read ({}: {}): those of"
                            + " the network file and the configuration are used; choose again with"
                            + " flowshield network, or in the app's settings",
                    file,
                    e.getMessage());
            return new KeptNetwork(file, usual, ChosenNetwork.NONE);
        }
    }

    ChosenNetwork chosen() {
        return chosen;
    }

    /** Chosen ways to the chain, the preferred first; empty: those of the network file. */
    List<URI> rpcs() {
        return chosen.rpcs().stream().map(RpcUrl::uri).toList();
    }

    /** A network by the ways that were chosen, or else by those that its file says. */
    public Network over(Network network) {
        List<URI> own = rpcs();
        return own.isEmpty() ? network : network.withRpcs(own);
    }

    /** Whom to begin with, now. */
    public List<Multiaddr> bootstrap() {
        List<Multiaddr> own = chosen.bootstrap();
        return own.isEmpty() ? usual : own;
    }

    /**
     * Has something else hold; it is on the disk when this returns.
     *
     * @throws IOException if it can't be written; then nothing has changed
     */
    void keep(ChosenNetwork next) throws IOException {
        next.write(file);
        chosen = next;
    }
}
