package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.perf.Perf;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves ping, identify and perf until it is stopped. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Listens for peers and serves ping, identify and perf until it is stopped.",
            "Whoever can reach it can use all its bandwidth by perf: not for public machines."
        },
        footer = {"", "--json prints {\"peerId\",\"multiaddrs\"} in the first line."})
final class ListenCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final PeerOptions options = new PeerOptions();

    @Option(
            names = "--listen",
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            defaultValue = "/ip4/0.0.0.0/tcp/0",
            description = {
                "Address to listen at; can be given several times.",
                "Port 0 takes a free one.",
                "Default: ${DEFAULT-VALUE}"
            })
    private List<Multiaddr> listen = List.of();

    @Override
    public Integer call() throws CommandFailedException {
        try (Peer peer = options.start(served(), listen)) {
            Thread closing = new Thread(peer::close, "closing");
            Runtime.getRuntime().addShutdownHook(closing);
            peer.host().onConnection(this::tell);
            describe(peer);
            untilStopped();
            Runtime.getRuntime().removeShutdownHook(closing);
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    private List<ProtocolBinding> served() {
        return List.of(
                new Ping(new SecureRandom(), System::nanoTime),
                new Perf(options.timeout(), System::nanoTime));
    }

    private void describe(Peer peer) {
        List<String> addresses = peer.addresses().stream().map(Multiaddr::toString).toList();
        if (output.json()) {
            Map<String, Object> self = new LinkedHashMap<>();
            self.put("peerId", peer.host().peerId().toString());
            self.put("multiaddrs", addresses);
            output.json(self);
        } else {
            output.text("peer " + peer.host().peerId() + " listens at");
            addresses.forEach(address -> output.text("  " + address));
            output.text("and serves ping, identify and perf; stop it with Ctrl-C");
        }
    }

    private void tell(Connection connection) {
        output.text(
                "connected: "
                        + connection.remotePeer()
                        + " at "
                        + connection.remoteAddress()
                        + " by "
                        + connection.security());
        connection.closed().thenRun(() -> output.text("gone: " + connection.remotePeer()));
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
