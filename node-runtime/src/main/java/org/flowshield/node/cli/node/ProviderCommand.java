package org.flowshield.node.cli.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.exit.linux.LinuxEgress;
import org.flowshield.node.exit.linux.NftExit;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.tunnel.AddressPool;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
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

    private static final String DEVICE = "flowshield-exit";

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
                    "File with the provider's key; made if it does not exist. Default: a fresh key.")
    private @Nullable Path keyFile;

    @Option(
            names = "--exit-allow",
            paramLabel = "CIDR",
            converter = CidrConverter.class,
            description = {
                "Opens a range that the exit policy refuses, for instance a network at home;",
                "can be given several times."
            })
    private List<Cidr> exitAllow = List.of();

    private final SecureRandom random = new SecureRandom();

    @Override
    public Integer call() throws CommandFailedException {
        try (Lifetime lifetime = Lifetime.begin();
                PrivateKey key = key()) {
            return run(lifetime, key);
        } catch (IOException e) {
            throw NodeFailure.of(e);
        }
    }

    private PrivateKey key() throws IOException {
        return keyFile == null
                ? PrivateKey.generate(random)
                : KeyFile.loadOrCreate(keyFile, random);
    }

    private int run(Lifetime lifetime, PrivateKey key) throws IOException {
        Machine machine = LinuxMachine.own();
        Egress egress = LinuxEgress.find(machine);
        AddressPool pool = AddressPool.random(random);
        Events events = new Events(output);
        Tun tun = device(egress, pool);
        ProviderTerms terms =
                new ProviderTerms(
                        egress.ipv4(),
                        egress.ipv6(),
                        tun.mtu(),
                        tun.offloads(),
                        List.of(), // a forwarder for names comes with the daemon
                        ProviderTerms.MAX_SESSIONS);
        try (ProviderPath path =
                        new ProviderPath(tun, end -> lifetime.stop().complete(end.detail()));
                Exit _ = exit(egress, pool, machine);
                Host host =
                        Hosts.builder(key, random).listenOptions(LaneSockets.options(0)).build();
                ProviderService service =
                        new ProviderService(
                                terms, pool, path, new Telling(events), random, System::nanoTime)) {
            path.start();
            host.handle(service);
            for (Multiaddr address : listen) {
                Multiaddr _ = host.listen(address);
            }
            events.tell("listening", description(host, terms));
            String why = lifetime.stop().join();
            events.tell("stopped", Map.of("reason", why));
        }
        return ExitStatus.OK.code();
    }

    private static Tun device(Egress egress, AddressPool pool) throws IOException {
        int mtu = Math.max(Grant.MIN_MTU, egress.mtu());
        return TunDevices.open(
                TunSettings.of(DEVICE, Math.min(mtu, Grant.MAX_MTU), Offloads.ALL)
                        .withAddresses(
                                new TunAddress(pool.gateway4(), pool.prefixLength4()),
                                new TunAddress(pool.gateway6(), AddressPool.V6_PREFIX_LENGTH)));
    }

    private Exit exit(Egress egress, AddressPool pool, Machine machine) throws IOException {
        return NftExit.open(
                new ExitPlan(
                        DEVICE,
                        pool.gateway4(),
                        pool.gateway6(),
                        egress.ipv6(),
                        ExitPolicy.of(exitAllow, egress.onLink())),
                machine,
                new ChangeJournal(ChangeJournal.SYSTEM));
    }

    private static Map<String, Object> description(Host host, ProviderTerms terms) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("peerId", host.peerId().toString());
        description.put(
                "multiaddrs",
                host.listenAddresses().stream()
                        .map(address -> address.withPeer(host.peerId()).toString())
                        .toList());
        description.put("ipv4", terms.ipv4());
        description.put("ipv6", terms.ipv6());
        description.put("mtu", terms.mtu());
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
