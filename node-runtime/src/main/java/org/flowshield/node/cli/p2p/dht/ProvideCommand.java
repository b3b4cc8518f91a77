package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.Stored;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.p2p.MultiaddrConverter;
import org.flowshield.node.cli.p2p.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in the DHT that we provide some content. */
@Command(
        name = "provide",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says that this peer provides some content, for up to 48 hours.",
            "With --stay it goes on listening, and says it again every 22 hours, until",
            "it is stopped; give it a --key, so that it stays the same peer."
        },
        footer = {"", "--json prints {\"key\",\"cid\",\"peerId\",\"sent\",\"failed\"}."})
final class ProvideCommand extends DhtVerb {

    @Option(
            names = "--listen",
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            defaultValue = "/ip4/0.0.0.0/tcp/0",
            description = {
                "Address to listen at and to tell; can be given several times.",
                "Default: ${DEFAULT-VALUE}"
            })
    private List<Multiaddr> listen = List.of();

    @Option(names = "--stay", description = "Keep listening until stopped by Ctrl-C.")
    private boolean stay;

    @Parameters(
            paramLabel = "KEY",
            arity = "1..*",
            converter = Content.Converter.class,
            description = "CIDs of content, or names, which are hashed by SHA-256.")
    private List<Content> contents = List.of();

    @Override
    List<Multiaddr> listen() {
        return listen;
    }

    @Override
    void run(Peer peer, Dht dht) throws IOException {
        for (Content content : contents) {
            Stored stored = dht.provide(content.hash(), limit());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", content.text());
            json.put("cid", content.cid());
            json.put("peerId", peer.host().peerId().toString());
            json.put("sent", stored.kept());
            json.put("failed", stored.failed());
            output().print(
                            content.text()
                                    + ": told "
                                    + stored.kept()
                                    + " peers that "
                                    + peer.host().peerId()
                                    + " provides it",
                            json);
        }
        if (stay) {
            output().text("stop it with Ctrl-C");
            untilStopped();
        }
    }

    /** A signal ends the process; in a test an interrupt ends this. */
    private static void untilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
