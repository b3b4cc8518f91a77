package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.p2p.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds who provides some content. */
@Command(
        name = "find-providers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds who provides some content, and prints each as it is found.",
        footer = {"", "--json prints {\"key\",\"peerId\",\"multiaddrs\"}, one line for each."})
final class FindProvidersCommand extends DhtVerb {

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many are enough for each key (default: ${DEFAULT-VALUE}).")
    private int count;

    @Parameters(
            paramLabel = "KEY",
            arity = "1..*",
            converter = Content.Converter.class,
            description = "CIDs of content, or names, which are hashed by SHA-256.")
    private List<Content> contents = List.of();

    @Override
    void run(Peer peer, Dht dht) throws IOException, CommandFailedException {
        List<String> missing = new ArrayList<>();
        for (Content content : contents) {
            int[] found = {0};
            dht.findProviders(
                    content.hash(),
                    provider -> {
                        print(content, provider);
                        return ++found[0] < Math.max(1, count);
                    },
                    limit());
            if (found[0] == 0) {
                missing.add(content.text());
            }
        }
        if (!missing.isEmpty()) {
            throw notFound(missing);
        }
    }

    private void print(Content content, PeerInfo provider) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", content.text());
        json.put("peerId", provider.peer().toString());
        List<String> addresses = provider.addresses().stream().map(Multiaddr::toString).toList();
        json.put("multiaddrs", addresses);
        output().print(
                        content.text()
                                + ": "
                                + provider.peer()
                                + (addresses.isEmpty()
                                        ? ""
                                        : " at " + String.join(", ", addresses)),
                        json);
    }
}
