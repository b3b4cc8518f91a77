package org.flowshield.node.swarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.nat.Lease;
import org.flowshield.libp2p.nat.PortMapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the router pass on the ports that this node listens at, where that may be of use. Safe for
 * use by any thread.
 */
final class Mappings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mappings.class);

    /** Each is a thread, and a line in the router. */
    private static final int MOST = 4;

    private final BooleanSupplier mayAsk;
    private final Consumer<List<Multiaddr>> changed;

    // Guarded by this.
    private final Map<Integer, PortMapping> byPort = new HashMap<>();

    /**
     * @param mayAsk whether what is sent now goes to the router at home
     * @param changed told where the mapped ports lead here from, in place of what it was told
     *     before
     */
    Mappings(BooleanSupplier mayAsk, Consumer<List<Multiaddr>> changed) {
        this.mayAsk = mayAsk;
        this.changed = changed;
    }

    /** The ports that a router could pass on: no IPv6, which needs none, and no loopback. */
    static Set<Integer> ports(List<Multiaddr> listening) {
        return listening.stream()
                .filter(at -> !at.isLoopback() && (at.isUnspecified() || at.isPrivate()))
                .filter(at -> at.toString().startsWith("/ip4/"))
                .flatMap(at -> at.port().stream().boxed())
                .limit(MOST)
                .collect(Collectors.toSet());
    }

    /** The node listens there now, and nowhere else. */
    synchronized void listening(List<Multiaddr> addresses) {
        Set<Integer> wanted = ports(addresses);
        Set<Integer> gone = new HashSet<>(byPort.keySet());
        gone.removeAll(wanted);
        for (int port : gone) {
            PortMapping over = byPort.remove(port);
            if (over != null) {
                Thread.ofVirtual().name("port-unmapping").start(over::close);
            }
        }
        for (int port : wanted) {
            byPort.computeIfAbsent(
                    port, _ -> PortMapping.start(port, mayAsk, state -> became(port, state)));
        }
    }

    private void became(int port, PortMapping.State state) {
        switch (state) {
            case PortMapping.State.Mapped(Lease lease, String protocol) -> {
                LOG.info(
                        "the router passes {} on to port {}, asked by {}",
                        lease.address(),
                        port,
                        protocol);
                if (!lease.isOfTheInternet()) {
                    LOG.warn(
                            "the router is behind another itself: its address {} can't be dialled",
                            lease.external().getHostAddress());
                }
            }
            case PortMapping.State.Failed(String why) ->
                    LOG.debug("port {} is not passed on: {}", port, why);
            case PortMapping.State.Asking _ -> LOG.debug("port {}: the router is asked", port);
        }
        List<Multiaddr> leading = new ArrayList<>();
        synchronized (this) {
            byPort.values()
                    .forEach(each -> each.lease().ifPresent(it -> leading.add(it.address())));
        }
        changed.accept(leading);
    }

    /** How each port stands, in their order. */
    synchronized List<MappedPort> ports(Instant now) {
        return byPort.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        each ->
                                new MappedPort(
                                        each.getKey(),
                                        each.getValue().state(),
                                        each.getValue().left().map(now::plus)))
                .toList();
    }

    /** Takes all back, for some seconds. */
    @Override
    public void close() {
        List<PortMapping> all;
        synchronized (this) {
            all = List.copyOf(byPort.values());
            byPort.clear();
        }
        all.forEach(PortMapping::close);
    }
}
