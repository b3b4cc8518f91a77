package org.flowshield.libp2p.nat;

import com.offbynull.portmapper.gateway.Bus;
import com.offbynull.portmapper.gateways.network.NetworkGateway;
import com.offbynull.portmapper.gateways.network.internalmessages.KillNetworkRequest;
import com.offbynull.portmapper.mapper.MappedPort;
import com.offbynull.portmapper.mapper.MapperIoUtils;
import com.offbynull.portmapper.mapper.PortMapper;
import com.offbynull.portmapper.mapper.PortType;
import com.offbynull.portmapper.mappers.natpmp.NatPmpPortMapper;
import com.offbynull.portmapper.mappers.pcp.PcpPortMapper;
import com.offbynull.portmapper.mappers.upnpigd.UpnpIgdPortMapper;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router that the default route leads to, asked by PCP and NAT-PMP, and those that answer to
 * UPnP; by a library, with threads of its own.
 */
final class NetworkRouters implements Routers {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkRouters.class);

    /** UPnP devices that are asked; a home has one. */
    private static final int MAX_UPNP = 3;

    /** Never sent to: only tells the address that we would send from. */
    private static final int ANY_PORT = 9;

    private @Nullable Bus bus;

    @Override
    public List<Callable<List<Router>>> searches() {
        return List.of(this::gateway, this::upnp);
    }

    private List<Router> gateway() throws IOException {
        Optional<Inet4Address> gateway = DefaultRoute.gateway(Path.of("/proc/net/route"));
        if (gateway.isEmpty()) {
            return List.of();
        }
        InetAddress own = addressTowards(gateway.get());
        lookUpNames();
        return List.of(
                new Asked("PCP", new PcpPortMapper(bus(), own, gateway.get())),
                new Asked("NAT-PMP", new NatPmpPortMapper(bus(), own, gateway.get())));
    }

    /**
     * The library looks some names of routers up when this class of its is first used, which takes
     * long where names don't resolve. They are of no use to us.
     */
    private static void lookUpNames() {
        LOG.debug("{} presets", MapperIoUtils.PRESET_IPV4_GATEWAY_ADDRESSES.size());
    }

    private List<Router> upnp() throws InterruptedException {
        return UpnpIgdPortMapper.identify(bus()).stream()
                .filter(it -> it.getSourceAddress() instanceof Inet4Address)
                .limit(MAX_UPNP)
                .<Router>map(it -> new Asked("UPnP", it))
                .toList();
    }

    private synchronized Bus bus() {
        if (bus == null) {
            bus = NetworkGateway.create().getBus();
        }
        return bus;
    }

    private static InetAddress addressTowards(InetAddress gateway) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(gateway, ANY_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        }
    }

    @Override
    public synchronized void close() {
        if (bus != null) {
            bus.send(new KillNetworkRequest());
            bus = null;
        }
    }

    /** One of the library's. Its failures are unchecked ones. */
    private static final class Asked implements Router {

        private final String protocol;
        private final PortMapper mapper;
        private @Nullable MappedPort mapped;

        Asked(String protocol, PortMapper mapper) {
            this.protocol = protocol;
            this.mapper = mapper;
        }

        @Override
        public String protocol() {
            return protocol;
        }

        @Override
        public Lease map(int port, Duration lifetime) throws IOException, InterruptedException {
            try {
                MappedPort before = mapped;
                MappedPort now =
                        before == null
                                ? mapper.mapPort(PortType.TCP, port, port, lifetime.toSeconds())
                                : mapper.refreshPort(before, lifetime.toSeconds());
                mapped = now;
                return new Lease(
                        now.getExternalAddress(),
                        now.getExternalPort(),
                        Duration.ofSeconds(now.getLifetime()));
            } catch (RuntimeException e) {
                throw new IOException("the router refused or did not answer", e);
            }
        }

        @Override
        public void unmap() throws IOException, InterruptedException {
            MappedPort last = mapped;
            if (last == null) {
                return;
            }
            try {
                mapper.unmapPort(last);
                mapped = null;
            } catch (RuntimeException e) {
                throw new IOException("the router did not take the port back", e);
            }
        }
    }
}
