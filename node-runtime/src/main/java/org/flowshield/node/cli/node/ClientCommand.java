package org.flowshield.node.cli.node;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Lifetime;
import org.flowshield.node.cli.Output;
import org.flowshield.node.client.Billing;
import org.flowshield.node.client.ClientAdapters;
import org.flowshield.node.client.ClientRole;
import org.flowshield.node.client.ControlPlane;
import org.flowshield.node.client.OwnSettings;
import org.flowshield.node.resolver.linux.ResolvConf;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.routing.linux.ProcUplinks;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.tun.TunDevices;
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

    /** For who does not ask for counters in between. */
    private static final Duration NEVER = Duration.ofDays(365);

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
    public Integer call() throws CommandFailedException, InterruptedException {
        Multiaddr address = provider;
        if (address == null || lanes < 1 || lanes > Lane.MAX_BULK || countersEvery < 0) {
            throw wrong("--lanes takes 1 to " + Lane.MAX_BULK + ", --counters takes seconds");
        }
        ClientRole role =
                new ClientRole(
                        adapters(),
                        OwnSettings.passing(ClientSettings.DEFAULT),
                        new SecureRandom(),
                        Clock.systemUTC());
        ClientEvents events = new ClientEvents(new Events(output));
        role.onChange(() -> events.tell(role.status()));
        try (Lifetime lifetime = Lifetime.begin()) {
            try {
                role.start();
                connect(role, address, lifetime);
                serve(role, events, lifetime);
            } finally {
                role.stop();
            }
            events.disconnected(lifetime.stop().getNow("stopped"));
            return ExitStatus.OK.code();
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        }
    }

    /** Gives up when it is to stop. */
    private void connect(ClientRole role, Multiaddr address, Lifetime lifetime)
            throws RefusedException, InterruptedException {
        lifetime.stop().thenRunAsync(role::stop, Thread::startVirtualThread);
        try {
            ClientStatus _ = role.connect(address, lanes, Optional.empty());
        } catch (RefusedException e) {
            if (!lifetime.isStopping()) {
                throw e;
            }
        }
    }

    private void serve(ClientRole role, ClientEvents events, Lifetime lifetime)
            throws InterruptedException {
        Duration pause = countersEvery == 0 ? NEVER : Duration.ofSeconds(countersEvery);
        while (!lifetime.awaitStop(pause)) {
            if (role.status().state() == ClientState.CONNECTED) {
                events.counters(role.status().traffic());
            }
        }
    }

    private static ClientAdapters adapters() {
        ChangeJournal journal = new ChangeJournal(ChangeJournal.SYSTEM);
        Machine machine = LinuxMachine.own();
        return new ClientAdapters(
                () -> PolicyRoutes.block(machine, journal),
                ResolvConf.system(),
                TunDevices::open,
                new ProcUplinks(),
                Billing.NONE,
                ControlPlane.NONE,
                PolicyRoutes.MARK);
    }

    private ParameterException wrong(String what) {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        return new ParameterException(spec.commandLine(), what);
    }
}
