package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.p2p.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Finds where a peer is. */
@Command(
        name = "find-peer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds the addresses of peers.",
        footer = {"", "--json prints {\"peerId\",\"multiaddrs\"}, one line for each."})
final class FindPeerCommand extends DhtVerb {

    @Parameters(
            paramLabel = "PEER",
            arity = "1..*",
            converter = PeerIdConverter.class,
            description = "Ids of peers, such as 12D3KooW...")
    private List<PeerId> peers = List.of();

    @Override
    void run(Peer peer, Dht dht) throws IOException, CommandFailedException {
        List<String> missing = new ArrayList<>();
        for (PeerId wanted : peers) {
            Optional<PeerInfo> found = dht.findPeer(wanted, limit());
            if (found.isPresent()) {
                print(found.get());
            } else {
                missing.add(wanted.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw notFound(missing);
        }
    }

    private void print(PeerInfo found) {
        List<String> addresses = found.addresses().stream().map(Multiaddr::toString).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peerId", found.peer().toString());
        json.put("multiaddrs", addresses);
        output().print(found.peer() + " is at " + String.join(", ", addresses), json);
    }

    static final class PeerIdConverter implements ITypeConverter<PeerId> {
        @Override
        public PeerId convert(String text) {
            try {
                return PeerId.parse(text);
            } catch (MalformedPeerIdException e) {
                throw new TypeConversionException("'" + text + "': " + e.getMessage());
            }
        }
    }
}
