package org.flowshield.node.provider;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.linux.LinuxExitMachine;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.swarm.Libp2pSwarm;
import org.flowshield.node.swarm.SwarmSettings;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.TunDevices;

/**
 * A process in a provider's namespace: the provider role with its real device and exit, and two
 * clients of it with devices in memory, one of them hostile. Each argument is an attack, {@code
 * NAME=KIND:WHERE}; for each it prints {@code NAME sent N refused {reason=count, ...}}.
 */
final class AttackedProvider {

    static final int PACKETS = 10_000;

    private static final int BURST = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MTU = 1500;

    /** Of ::ffff:0:0/96. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final Random random = new Random(20_261);
    private final ProviderRole provider;
    private final Grant attacker;
    private final Grant victim;
    private final MemoryTun device;
    private final PeerId peer;

    /** The provider's counters after the attack before. */
    private Map<String, Long> last = Map.of();

    private AttackedProvider(
            ProviderRole provider, Grant attacker, Grant victim, MemoryTun device, PeerId peer) {
        this.provider = provider;
        this.attacker = attacker;
        this.victim = victim;
        this.device = device;
        this.peer = peer;
    }

    public static void main(String[] attacks) throws Exception {
        SecureRandom random = new SecureRandom();
        Path journal = Files.createTempDirectory("attack");
        try (PrivateKey key = PrivateKey.generate(random);
                PrivateKey hostile = PrivateKey.generate(random);
                PrivateKey honest = PrivateKey.generate(random);
                Host hostileHost = Hosts.builder(hostile, random).build();
                Host honestHost = Hosts.builder(honest, random).build();
                MemoryTun.Pair hostileDevice = device();
                MemoryTun.Pair honestDevice = device()) {
            ProviderRole provider = provider(key, random, journal);
            provider.start();
            Multiaddr address = Multiaddr.parse(provider.status().multiaddrs().getFirst());
            try (TunnelClient attacker = open(hostileHost, address, hostileDevice.left());
                    TunnelClient victim = open(honestHost, address, honestDevice.left())) {
                AttackedProvider attacked =
                        new AttackedProvider(
                                provider,
                                attacker.welcome().grant(),
                                victim.welcome().grant(),
                                hostileDevice.right(),
                                hostileHost.peerId());
                attacked.showThatTheVictimHears(victim, honestDevice.right());
                for (String attack : attacks) {
                    attacked.run(attack);
                }
                System.out.println("victim received " + victim.counters().receivedPackets());
            } finally {
                provider.stop();
            }
        }
        Files.delete(journal); // empty: what was changed is put back
        System.out.println("done");
    }

    private static MemoryTun.Pair device() {
        return MemoryTun.pair(MTU, Offloads.NONE, Offloads.NONE, MemoryTun.Overflow.DROP, 4 << 20);
    }

    private static ProviderRole provider(PrivateKey key, SecureRandom random, Path journal)
            throws Exception {
        return new ProviderRole(
                ProviderSettings.of(
                        List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), new Charge.Free()),
                new ProviderPlatform(
                        TunDevices::open,
                        new LinuxExitMachine(LinuxMachine.own(), new ChangeJournal(journal)),
                        List::of,
                        PolicyRoutes.MARK),
                new Libp2pSwarm(
                        SwarmSettings.alone(PolicyRoutes.MARK, "test/1"),
                        key,
                        random,
                        List::of,
                        List.of()),
                random,
                new ProviderService.Watcher() {
                    @Override
                    public void opened(PeerId peer, Grant grant) {}

                    @Override
                    public void ended(PeerId peer, Grant grant, PathCounters all, String why) {}
                },
                Cashier.NONE);
    }

    private static TunnelClient open(Host host, Multiaddr provider, MemoryTun device)
            throws IOException, InterruptedException {
        TunnelSettings settings =
                new TunnelSettings(
                        provider,
                        1,
                        false,
                        Offloads.NONE,
                        DialOptions.DEFAULT,
                        LaneSockets.options(0));
        return TunnelClient.open(host, settings, _ -> device, System::nanoTime);
    }

    /** A question for the address of "a"; the provider has no resolver, and says so. */
    private static final byte[] QUESTION = {
        0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1, 0
    };

    /** What it asks of a closed port is refused, and it hears so; a question is answered. */
    private void showThatTheVictimHears(TunnelClient client, MemoryTun its) throws Exception {
        ByteBuffer batch = ByteBuffer.allocateDirect(256);
        InetAddress from = victim.inner().v4().orElseThrow();
        AttackPackets.udp(batch, from, victim.gateway4().orElseThrow(), 1024, 7777);
        int _ = its.write(batch.flip());
        await(() -> client.counters().receivedPackets() == 1);
        for (InetAddress gateway :
                List.of(victim.gateway4().orElseThrow(), victim.gateway6().orElseThrow())) {
            batch.clear();
            AttackPackets.udp(
                    batch,
                    gateway instanceof Inet4Address ? from : victim.inner().v6().orElseThrow(),
                    gateway,
                    1024,
                    53,
                    QUESTION);
            int _ = its.write(batch.flip());
        }
        await(() -> client.counters().receivedPackets() == 3);
        last = settled(1);
    }

    private void run(String attack) throws Exception {
        String name = attack.substring(0, attack.indexOf('='));
        Attack kind = attack(attack.substring(attack.indexOf('=') + 1));
        Map<String, Long> before = last;
        long refusedBefore = sum(before);
        for (int sent = 0; sent < PACKETS; sent += BURST) {
            long arrived = arrived();
            ByteBuffer batch = ByteBuffer.allocateDirect(BURST * 128);
            for (int i = 0; i < BURST; i++) {
                kind.put(batch, sent + i);
            }
            batch.flip();
            int _ = device.write(batch);
            await(() -> arrived() >= arrived + BURST);
        }
        Map<String, Long> after = settled(name.startsWith("allowed") ? 0 : refusedBefore + PACKETS);
        last = new TreeMap<>(after);
        after.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
        after.values().removeIf(count -> count == 0);
        System.out.println(name + " sent " + PACKETS + " refused " + after);
    }

    /** What the attacker has sent, as the provider counted it. */
    private long arrived() {
        for (SessionStatus session : provider.status().sessions()) {
            if (session.peer().equals(peer.toString())) {
                return session.traffic().receivedPackets() + session.forged();
            }
        }
        throw new IllegalStateException("the attacker's session is over");
    }

    private Map<String, Long> settled(long atLeast) throws InterruptedException {
        // Counters are read anew only a few times a second.
        await(() -> sum(provider.status().refused()) >= atLeast);
        return new TreeMap<>(provider.status().refused());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                System.out.println("waited in vain");
                return;
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** Makes the packets of one attack. */
    private interface Attack {
        void put(ByteBuffer batch, int number) throws UnknownHostException;
    }

    private Attack attack(String words) {
        String kind = words.substring(0, words.indexOf(':'));
        String where = words.substring(words.indexOf(':') + 1);
        return switch (kind) {
            case "udp" -> {
                Cidr range = Cidr.parse(where);
                yield (batch, i) -> {
                    InetAddress to = within(range);
                    AttackPackets.udp(batch, source(to), to, port(i), 7777);
                };
            }
            case "mapped" ->
                    (batch, i) -> {
                        byte[] to = new byte[16];
                        random.nextBytes(to);
                        System.arraycopy(MAPPED, 0, to, 0, MAPPED.length);
                        AttackPackets.udp(
                                batch,
                                attacker.inner().v6().orElseThrow(),
                                Inet6Address.getByAddress(null, to, -1),
                                port(i),
                                7777);
                    };
            case "mail" -> {
                InetAddress to = InetAddress.ofLiteral(where);
                yield (batch, i) -> AttackPackets.syn(batch, source(to), to, port(i), 25);
            }
            case "others" -> {
                InetAddress to =
                        where.equals("4")
                                ? victim.inner().v4().orElseThrow()
                                : victim.inner().v6().orElseThrow();
                yield (batch, i) -> AttackPackets.udp(batch, source(to), to, port(i), 7777);
            }
            case "gateway" -> {
                InetAddress to =
                        where.equals("4")
                                ? attacker.gateway4().orElseThrow()
                                : attacker.gateway6().orElseThrow();
                yield (batch, i) -> AttackPackets.udp(batch, source(to), to, port(i), 7777);
            }
            case "forged" -> {
                Cidr range = Cidr.parse(where);
                InetAddress to =
                        InetAddress.ofLiteral(range.isIpv4() ? "192.0.2.2" : "2001:db8:3::2");
                yield (batch, i) -> AttackPackets.udp(batch, within(range), to, port(i), 7777);
            }
            default -> throw new IllegalArgumentException(words);
        };
    }

    /** Few enough that the session keeps within its flows. */
    private static int port(int number) {
        return 1024 + number % 1000;
    }

    private InetAddress source(InetAddress to) {
        return to instanceof Inet4Address
                ? attacker.inner().v4().orElseThrow()
                : attacker.inner().v6().orElseThrow();
    }

    /** Any address of a range, but none of the sessions' network: those are another attack. */
    private InetAddress within(Cidr range) throws UnknownHostException {
        Cidr pool = Cidr.network(attacker.gateway4().orElseThrow(), 20);
        InetAddress address;
        do {
            byte[] bytes = range.address().getAddress();
            for (int bit = range.length(); bit < bytes.length * Byte.SIZE; bit++) {
                if (random.nextBoolean()) {
                    bytes[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
                }
            }
            address = InetAddress.getByAddress(bytes);
        } while (pool.contains(address));
        return address;
    }
}
