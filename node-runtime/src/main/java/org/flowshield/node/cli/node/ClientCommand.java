package org.flowshield.node.cli.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a client: all traffic of this machine goes through one provider until it is stopped. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends all traffic of this machine through a provider, until it is stopped.",
            "When the session breaks, traffic is blocked until the next one is open."
        },
        footer = {
            "",
            "--json prints one object a line, each with the key \"event\":",
            "connecting, connected, counters, blocked, disconnected."
        })
final class ClientCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description = "The provider's address; with /p2p/ID only that peer is accepted.")
    private @Nullable Multiaddr provider;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Bulk lanes, 1 to 4, each a connection of its own (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Option(
            names = "--counters",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Prints what was carried every so often; 0: at the end only.")
    private int countersEvery;

    @Override
    public Integer call() throws CommandFailedException {
        if (provider == null || lanes < 1 || lanes > Lane.MAX_BULK || countersEvery < 0) {
            throw wrong("--lanes takes 1 to " + Lane.MAX_BULK + ", --counters takes seconds");
        }
        Thread self = Thread.currentThread();
        try (Lifetime lifetime = Lifetime.begin()) {
            lifetime.stop().thenRun(self::interrupt);
            new ClientNode(
                            settings(provider),
                            LinuxMachine.own(),
                            new ChangeJournal(ChangeJournal.SYSTEM),
                            lifetime,
                            new Events(output),
                            Duration.ofSeconds(countersEvery))
                    .run();
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw NodeFailure.of(e);
        }
    }

    private TunnelSettings settings(Multiaddr address) throws IOException {
        return new TunnelSettings(
                address,
                lanes,
                true,
                takes(),
                DialOptions.DEFAULT.withMark(PolicyRoutes.MARK),
                LaneSockets.options(PolicyRoutes.MARK));
    }

    /** Asks the system by making a device for a moment; without the right to, it is said here. */
    private static Offloads takes() throws IOException {
        try (Tun tun =
                TunDevices.open(
                        TunSettings.of(
                                ClientNode.DEVICE, TunSettings.MIN_MTU_IPV6, Offloads.ALL))) {
            return tun.offloads();
        }
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        return new ParameterException(spec.commandLine(), what);
    }
}
