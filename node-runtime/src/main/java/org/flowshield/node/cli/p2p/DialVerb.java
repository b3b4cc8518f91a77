package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that connects to one peer, does one thing and ends. */
abstract class DialVerb implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final PeerOptions options = new PeerOptions();

    @Parameters(
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description = {
                "The peer's address, for instance",
                "/ip4/192.0.2.1/tcp/4001 or /dns/example.org/tcp/4001.",
                "With /p2p/ID at its end nobody but that peer is accepted."
            })
    private @Nullable Multiaddr address;

    @Override
    public final Integer call() throws CommandFailedException {
        if (address == null) {
            throw new IllegalStateException("picocli did not set the address");
        }
        try (Peer peer = options.start(List.of(), List.of());
                Connection connection = peer.host().connect(address)) {
            run(peer, connection);
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /** Does the verb's work. */
    abstract void run(Peer peer, Connection connection) throws IOException, CommandFailedException;

    Output output() {
        return output;
    }

    PeerOptions options() {
        return options;
    }
}
