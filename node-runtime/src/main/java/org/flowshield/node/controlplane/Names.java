package org.flowshield.node.controlplane;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;
import org.flowshield.node.client.ControlPlane.Way;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names that the node's own connections go to. While traffic is blocked
 * nobody is asked: a question would tell the network outside whom the node speaks to, and the
 * system's servers can't be reached; what was found before serves then. Safe for use by any thread;
 * waits for the system's resolver.
 */
public final class Names {

    /** The system's resolver asks each of three servers twice in this time. */
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /** Names in a network file and among its providers; the oldest is forgotten. */
    private static final int MOST_NAMES = 256;

    /** More addresses of one name are not tried: each may take seconds. */
    private static final int MOST_ADDRESSES = 4;

    /** The system's way to ask. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    private final ControlSockets sockets;
    private final Resolver resolver;

    /** Guarded by itself. */
    private final Map<String, List<InetAddress>> found =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<InetAddress>> eldest) {
                    return size() > MOST_NAMES;
                }
            };

    public Names(ControlSockets sockets, Resolver resolver) {
        this.sockets = sockets;
        this.resolver = resolver;
    }

    /**
     * The addresses of a name, or of a literal.
     *
     * @throws UnknownHostException if it has none, or if it may not be asked for now and was not
     *     found before
     */
    public List<InetAddress> find(String host) throws UnknownHostException, InterruptedException {
        InetAddress literal = literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        if (sockets.way() == Way.MARKED) {
            return before(
                    host,
                    new UnknownHostException(
                            "the name "
                                    + host
                                    + " is not asked for while traffic is blocked, and was not"
                                    + " found before"));
        }
        try {
            List<InetAddress> addresses = ask(host);
            synchronized (found) {
                found.put(host, addresses);
            }
            return addresses;
        } catch (UnknownHostException e) {
            return before(host, e);
        }
    }

    /**
     * Where to dial for an address: itself, or one for each address that its name has.
     *
     * @throws UnknownHostException as {@link #find}
     */
    public List<Multiaddr> dialable(Multiaddr address)
            throws UnknownHostException, InterruptedException {
        if (address.dnsName().isEmpty()) {
            return List.of(address);
        }
        List<Multiaddr> dialable = new ArrayList<>();
        for (InetAddress each : find(address.dnsName().orElseThrow())) {
            boolean v4 = each instanceof Inet4Address;
            if (!address.has(v4 ? Protocol.DNS6 : Protocol.DNS4)) {
                Multiaddr at =
                        Multiaddr.of(new InetSocketAddress(each, address.port().orElseThrow()));
                dialable.add(address.peerId().map(at::withPeer).orElse(at));
            }
        }
        return dialable;
    }

    /** Without asking anybody; null if it is a name. */
    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private List<InetAddress> before(String host, UnknownHostException why)
            throws UnknownHostException {
        synchronized (found) {
            List<InetAddress> known = found.get(host);
            if (known == null) {
                throw why;
            }
            return known;
        }
    }

    private List<InetAddress> ask(String host) throws UnknownHostException, InterruptedException {
        CompletableFuture<InetAddress[]> asking =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return resolver.addresses(host);
                            } catch (UnknownHostException e) {
                                throw new CompletionException(e);
                            }
                        },
                        task -> Thread.ofVirtual().name("resolve").start(task));
        try {
            InetAddress[] all = asking.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return List.of(all).subList(0, Math.min(all.length, MOST_ADDRESSES));
        } catch (ExecutionException | TimeoutException e) {
            UnknownHostException unknown =
                    new UnknownHostException("the name " + host + " does not resolve");
            unknown.initCause(e);
            throw unknown;
        }
    }
}
