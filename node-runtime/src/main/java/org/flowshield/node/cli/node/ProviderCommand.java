package org.flowshield.node.cli.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Lifetime;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.Version;
import org.flowshield.node.dns.DnsForwarder;
import org.flowshield.node.dns.linux.SystemResolvers;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.linux.LinuxExitMachine;
import org.flowshield.node.provider.Cashier;
import org.flowshield.node.provider.Charge;
import org.flowshield.node.provider.ProviderPlatform;
import org.flowshield.node.provider.ProviderRole;
import org.flowshield.node.provider.ProviderSettings;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.swarm.Libp2pSwarm;
import org.flowshield.node.swarm.Swarm;
import org.flowshield.node.swarm.SwarmSettings;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.tun.TunDevices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a provider: its device, its exit and the service, until it is stopped. */
@Command(
        name = "provider",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets clients use this machine's way to the internet, until it is stopped.",
        footer = {
            "",
            "--json prints one object a line, each with the key \"event\":",
            "listening, session_opened, session_ended, stopped."
        })
final class ProviderCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description =
                    "Address to listen at; can be given several times; port 0 takes a free one.")
    private List<Multiaddr> listen = List.of();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "File with the provider's key; made if it does not exist. Default: a fresh"
                            + " key.")
    private @Nullable Path keyFile;

    @Option(
            names = "--free",
            description = "Serves clients for nothing; without it nobody is served.")
    private boolean free;

    @Option(
            names = "--exit-allow",
            paramLabel = "CIDR",
            converter = CidrConverter.class,
            description = {
                "Opens a range that the exit policy refuses, for instance a network at home;",
                "can be given several times."
            })
    private List<Cidr> exitAllow = List.of();

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS",
            converter = CidrConverter.class,
            description =
                    "Who answers clients' questions for names; can be given several times."
                            + " Default: whom this machine asks itself.")
    private List<Cidr> dns = List.of();

    private final SecureRandom random = new SecureRandom();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try (Lifetime lifetime = Lifetime.begin();
                PrivateKey key = key()) {
            run(lifetime, key);
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw CommandFailedException.of(NodeFailure.of(e));
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        }
    }

    private PrivateKey key() throws IOException {
        return keyFile == null
                ? PrivateKey.generate(random)
                : KeyFile.loadOrCreate(keyFile, random);
    }

    private void run(Lifetime lifetime, PrivateKey key)
            throws RefusedException, InterruptedException {
        Events events = new Events(output);
        ProviderPlatform platform = platform();
        // Whoever starts it so tells its address to clients: nobody is to find it.
        Swarm swarm =
                new Libp2pSwarm(
                        SwarmSettings.alone(platform.mark(), "flowshield/" + Version.current()),
                        key,
                        random,
                        () -> platform.machine().egress().addresses(),
                        List.of());
        ProviderRole provider =
                new ProviderRole(
                        settings(), platform, swarm, random, new Telling(events), Cashier.NONE);
        provider.onChange(
                () -> provider.problem().ifPresent(why -> lifetime.stop().complete(why.message())));
        provider.start();
        try {
            events.tell("listening", description(key, provider.status()));
            events.tell("stopped", Map.of("reason", lifetime.stop().join()));
        } finally {
            provider.stop();
        }
    }

    private ProviderSettings settings() {
        return ProviderSettings.of(listen, charge())
                .withExitAllow(exitAllow)
                .withResolvers(
                        dns.stream()
                                .map(one -> new InetSocketAddress(one.address(), DnsForwarder.PORT))
                                .toList());
    }

    /** Without a daemon there is no ledger, so nothing can be earned. */
    private Charge charge() {
        return free
                ? new Charge.Free()
                : new Charge.Undecided(
                        new Problem(
                                "no_price",
                                "this provider was not told to serve for nothing: it serves nobody",
                                "add --free; to be paid, run a daemon: flowshield daemon --help"));
    }

    private static ProviderPlatform platform() {
        return new ProviderPlatform(
                TunDevices::open,
                new LinuxExitMachine(LinuxMachine.own(), new ChangeJournal(ChangeJournal.SYSTEM)),
                SystemResolvers.system(),
                PolicyRoutes.MARK);
    }

    private static Map<String, Object> description(PrivateKey key, ProviderStatus status) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("peerId", PeerId.of(key.publicKey()).toString());
        description.put("multiaddrs", status.multiaddrs());
        description.put("ipv4", status.ipv4());
        description.put("ipv6", status.ipv6());
        description.put("mtu", status.mtu());
        return description;
    }

    /** Prints what becomes of sessions. */
    private record Telling(Events events) implements ProviderService.Watcher {

        @Override
        public void opened(PeerId peer, Grant grant) {
            events.tell("session_opened", session(peer, grant));
        }

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {
            Map<String, Object> session = session(peer, grant);
            session.put("reason", why);
            session.putAll(Events.counters(carried));
            events.tell("session_ended", session);
        }

        private static Map<String, Object> session(PeerId peer, Grant grant) {
            Map<String, Object> session = new LinkedHashMap<>();
            session.put("peer", peer.toString());
            grant.inner().v4().ifPresent(v4 -> session.put("ipv4", v4.getHostAddress()));
            grant.inner().v6().ifPresent(v6 -> session.put("ipv6", v6.getHostAddress()));
            return session;
        }
    }
}
