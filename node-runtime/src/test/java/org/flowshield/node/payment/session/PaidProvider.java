package org.flowshield.node.payment.session;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.AddressPool;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.credit.ProviderBilling;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;

/** A provider on loopback that is paid: its device is in memory, its ledger on the disk. */
final class PaidProvider implements AutoCloseable {

    static final int MTU = 1420;

    /** Of all providers here. */
    static final SkippedTime SKIPPED = new SkippedTime();

    private static final int SESSIONS = 10;
    private static final int QUEUE = 1024 * 1024;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey key = PrivateKey.generate(random);
    final MemoryTun.Pair device =
            MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, MemoryTun.Overflow.WAIT, QUEUE);
    final Ledger ledger;
    final ProviderService tunnels;
    final Multiaddr address;
    private final ProviderBilling service;
    private final ProviderPath path;
    private final Host host;
    private final AtomicLong arrived = new AtomicLong();

    private record Unwatched() implements ProviderService.Watcher {
        @Override
        public void opened(PeerId peer, Grant grant) {}

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {}
    }

    /**
     * @param folder for the ledger
     * @param free whether it serves for nothing
     */
    PaidProvider(Path folder, ChannelChain chain, boolean free) throws Exception {
        this(folder, chain, free, PayeeSettings.of(Parties.PAYEE.address(), Parties.PRICE));
    }

    PaidProvider(Path folder, ChannelChain chain, boolean free, PayeeSettings settings)
            throws Exception {
        this(
                folder,
                chain,
                free,
                settings,
                (offers, book) ->
                        new PayeeService(
                                offers, chain, book, Parties.PAYEE::sign, SKIPPED::nanoTime));
    }

    /** How a provider is paid. */
    interface Payment<S extends ProviderBilling & ProtocolBinding> {
        S by(OfferBook offers, Ledger ledger);
    }

    <S extends ProviderBilling & ProtocolBinding> PaidProvider(
            Path folder,
            ChannelChain chain,
            boolean free,
            PayeeSettings settings,
            Payment<S> payment)
            throws Exception {
        ledger = ledger(folder);
        OfferBook offers = new OfferBook(settings, chain.domain(), key, InstantSource.system());
        S payments = payment.by(offers, ledger);
        service = payments;
        path = new ProviderPath(device.left(), PathLimits.DEFAULT, _ -> {});
        path.start();
        PaidTraffic.read(device.right(), arrived, () -> false);
        tunnels =
                new ProviderService(
                        new ProviderTerms(true, true, MTU, Offloads.ALL, List.of(), SESSIONS),
                        AddressPool.random(random),
                        path,
                        new Unwatched(),
                        random,
                        System::nanoTime,
                        InstantSource.system(),
                        free ? ProviderBilling.NONE : payments);
        host =
                new HostBuilder(key)
                        .security(new TlsTransport(key, random, Clock.systemUTC()))
                        .eventLoopThreads(1)
                        .build();
        host.handle(tunnels);
        host.handle(payments);
        if (payments instanceof PayeeService payee) {
            host.handle(new CloseService(payee));
        }
        host.handle(
                new Offers(
                        () ->
                                free
                                        ? Optional.<SignedOffer>empty()
                                        : Optional.of(offers.current())));
        address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).withPeer(host.peerId());
    }

    static Ledger ledger(Path folder) throws Exception {
        return switch (SqliteLedger.open(folder, Clock.systemUTC())) {
            case Opening.Sound(Ledger sound) -> sound;
            case Opening.Repaired(Ledger repaired, _) -> repaired;
            case Opening.Damaged damaged -> throw new IOException(damaged.toString());
        };
    }

    static PayeeSettings settings(long maxWindow) {
        PayeeSettings usual = PayeeSettings.of(Parties.PAYEE.address(), Parties.PRICE);
        return new PayeeSettings(
                usual.payee(),
                usual.price(),
                maxWindow,
                Parties.PRICE.cost(CreditWindow.FIRST),
                usual.validFor(),
                usual.service());
    }

    /** Bytes that went through a channel and were not paid for. */
    long arrears(ChannelKey channel) {
        return service instanceof PayeeService payee
                ? payee.arrears.of(channel.id(Parties.DOMAIN))
                : 0;
    }

    /** Bytes that came out at the internet's end. */
    long arrived() {
        return arrived.get();
    }

    MemoryTun internet() {
        return device.right();
    }

    /** Vanishes as a machine does that is switched off. */
    void kill() {
        host.close();
    }

    @Override
    public void close() {
        tunnels.close();
        path.close();
        host.close();
        device.close();
        ledger.close();
        key.close();
    }
}
