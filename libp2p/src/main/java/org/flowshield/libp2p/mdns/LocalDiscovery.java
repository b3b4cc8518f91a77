package org.flowshield.libp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import javax.jmdns.impl.DNSEntry;
import javax.jmdns.impl.DNSRecord;
import javax.jmdns.impl.JmDNSImpl;
import javax.jmdns.impl.constants.DNSRecordClass;
import javax.jmdns.impl.constants.DNSRecordType;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the local networks where this node is, and finds who else is there. A virtual thread looks
 * at what has come; the library receives and answers on threads of its own.
 *
 * <p>The specification's records have no SRV, without which the library calls no service complete:
 * so they are read from its cache.
 */
public final class LocalDiscovery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDiscovery.class);

    private static final String TYPE = "_p2p._udp.local.";

    /** A label of DNS has at most 63; the specification wants 32. */
    private static final int NAME_LENGTH = 32;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** Networks that are looked into. */
    private static final int MAX_INTERFACES = 4;

    /** An entry of the specification's records that nobody uses. */
    private static final int NO_PORT = 1;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Looks from one question to the next; go-libp2p and js-libp2p ask every 10 to 120 seconds. */
    private static final int LOOKS_PER_QUESTION = 30;

    /** Names of a network that are looked at, each time anew. */
    private static final int MAX_NAMES = 256;

    private final String name;
    private final byte[] text;
    private final Consumer<Neighbour> found;
    private final Clock clock;
    private final Neighbours neighbours;
    private final List<JmDNSImpl> networks = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private LocalDiscovery(
            PeerId self, String name, byte[] text, Consumer<Neighbour> found, Clock clock) {
        this.name = name;
        this.text = text;
        this.found = found;
        this.clock = clock;
        this.neighbours = new Neighbours(self, clock.instant());
    }

    /**
     * Begins in the networks of these addresses.
     *
     * @param at addresses of this machine; see {@link #privateAddresses}
     * @param addresses where this node can be dialled; only private ones are told
     * @param found told of each neighbour, on the thread that looks; must not block for long
     * @param random makes the name by which this node is known until it stops
     * @throws IOException if none of the networks can be looked into
     */
    public static LocalDiscovery start(
            PeerId self,
            List<InetAddress> at,
            List<Multiaddr> addresses,
            Consumer<Neighbour> found,
            RandomGenerator random,
            Clock clock)
            throws IOException {
        byte[] text = TextRecord.encode(self, addresses);
        LocalDiscovery discovery = new LocalDiscovery(self, name(random), text, found, clock);
        List<IOException> failures = new ArrayList<>();
        for (InetAddress address : at.stream().limit(MAX_INTERFACES).toList()) {
            try {
                discovery.open(address);
            } catch (IOException e) {
                LOG.debug("no mDNS at {}: {}", address, e.getMessage());
                failures.add(e);
            }
        }
        if (discovery.networks.isEmpty()) {
            IOException failure =
                    new IOException(
                            failures.isEmpty()
                                    ? "this machine is in no private network"
                                    : "mDNS can be used in none of the private networks: "
                                            + failures.getFirst().getMessage());
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        Thread.ofVirtual().name("mdns").start(discovery::look);
        return discovery;
    }

    /** The private IPv4 addresses of this machine, one of each interface that can multicast. */
    public static List<InetAddress> privateAddresses() throws IOException {
        List<InetAddress> chosen = new ArrayList<>();
        try {
            for (NetworkInterface each :
                    Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback() && each.supportsMulticast()) {
                    each.inetAddresses()
                            .filter(it -> it instanceof Inet4Address && it.isSiteLocalAddress())
                            .findFirst()
                            .ifPresent(chosen::add);
                }
            }
        } catch (SocketException e) {
            throw new IOException("the network interfaces can't be listed: " + e.getMessage(), e);
        }
        return chosen;
    }

    private static String name(RandomGenerator random) {
        StringBuilder name = new StringBuilder();
        random.ints(NAME_LENGTH, 0, LETTERS.length())
                .forEach(index -> name.append(LETTERS.charAt(index)));
        return name.toString();
    }

    /** By the random name in place of the machine's, which is nobody's business. */
    private void open(InetAddress address) throws IOException {
        networks.add((JmDNSImpl) JmDNS.create(address, name));
    }

    /** Takes some seconds: the name must be nobody else's. */
    private void tell(JmDNSImpl network) {
        try {
            network.registerService(ServiceInfo.create(TYPE, name, NO_PORT, 0, 0, text));
        } catch (IOException | IllegalStateException e) {
            LOG.warn("neighbours are not told of this node, only looked for: {}", e.getMessage());
        }
    }

    private void look() {
        try {
            if (text.length > 0) {
                networks.forEach(this::tell);
            }
            int looks = 0;
            do {
                if (looks++ % LOOKS_PER_QUESTION == 0) {
                    networks.forEach(network -> network.startServiceResolver(TYPE));
                }
                networks.forEach(this::lookInto);
            } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookInto(JmDNSImpl network) {
        entries(network, TYPE, DNSRecordType.TYPE_PTR).stream()
                .limit(MAX_NAMES)
                .flatMap(entry -> info(entry).stream())
                .map(ServiceInfo::getQualifiedName)
                .flatMap(name -> whoIs(network, name).stream())
                .filter(neighbour -> neighbours.isNews(neighbour, clock.instant()))
                .forEach(found);
    }

    /** Some say all their addresses in one record, others have one for each. */
    private static Optional<Neighbour> whoIs(JmDNSImpl network, String name) {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        entries(network, name, DNSRecordType.TYPE_TXT).stream()
                .limit(TextRecord.MAX_ADDRESSES)
                .flatMap(entry -> info(entry).stream())
                .forEach(info -> texts.writeBytes(info.getTextBytes()));
        try {
            return TextRecord.parse(texts.toByteArray());
        } catch (MalformedTextException e) {
            LOG.debug("{} is left out: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    private static Collection<? extends DNSEntry> entries(
            JmDNSImpl network, String name, DNSRecordType type) {
        return network.getCache().getDNSEntryList(name, type, DNSRecordClass.CLASS_IN);
    }

    private static Optional<ServiceInfo> info(DNSEntry entry) {
        return entry instanceof DNSRecord record
                ? Optional.ofNullable(record.getServiceInfo())
                : Optional.empty();
    }

    /** Says goodbye, which takes up to some seconds. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        for (JmDNSImpl network : networks) {
            network.close();
        }
    }
}
