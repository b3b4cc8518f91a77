package org.flowshield.node.payment.session;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.ChannelBook;
import org.flowshield.node.payment.channel.ChannelChain;
import org.flowshield.node.payment.channel.PayerSettings;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.credit.ClientBilling;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;

/** A client that pays: its device is in memory, its ledger on the disk. */
final class PaidClient implements AutoCloseable {

    final Ledger ledger;
    final Payments payments;
    final SkippedTime skipped = new SkippedTime();
    private final Price most;
    private final SecureRandom random = new SecureRandom();

    /** One session. */
    record Session(
            Host host, MemoryTun.Pair device, TunnelClient tunnel, Optional<PayerBilling> billing)
            implements AutoCloseable {

        Grant grant() {
            return tunnel.welcome().grant();
        }

        PayerBill bill() {
            return billing.orElseThrow().bill().orElseThrow();
        }

        /** Vanishes as a machine does that is switched off. */
        void kill() {
            host.close();
        }

        @Override
        public void close() {
            tunnel.close();
            host.close();
            device.close();
        }
    }

    PaidClient(Path folder, ChannelChain chain, TokenAmount deposit, TokenAmount refill)
            throws Exception {
        this(
                folder,
                chain,
                new PayerSettings(Parties.address(1), deposit, Parties.flow("1000"), refill),
                Parties.PRICE,
                Parties.key(1));
    }

    PaidClient(Path folder, ChannelChain chain, PayerSettings settings, Price most, SigningKey key)
            throws Exception {
        this(folder, chain, settings, most, key, Vetting.NONE);
    }

    PaidClient(
            Path folder,
            ChannelChain chain,
            PayerSettings settings,
            Price most,
            SigningKey key,
            Vetting vetting)
            throws Exception {
        this.most = most;
        ledger = PaidProvider.ledger(folder);
        SessionSigner signer = new SessionSigner(key);
        payments =
                new Payments(
                        settings,
                        signer,
                        chain,
                        ledger,
                        new ChannelBook(settings, signer, chain, ledger, random),
                        InstantSource.system(),
                        skipped::nanoTime,
                        vetting);
    }

    static PayerSettings settings(EvmAddress purse, TokenAmount deposit) {
        return new PayerSettings(purse, deposit, deposit, TokenAmount.ZERO);
    }

    Session connect(Multiaddr provider) throws IOException, InterruptedException {
        PayerBilling billing = payments.session(Optional.of(most), Optional.empty());
        return connect(provider, billing, Optional.of(billing));
    }

    /** A session that is billed in another way. */
    static Session connect(Multiaddr provider, ClientBilling billing, Optional<PayerBilling> honest)
            throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        MemoryTun.Pair device =
                MemoryTun.pair(
                        PaidProvider.MTU,
                        Offloads.ALL,
                        Offloads.ALL,
                        MemoryTun.Overflow.WAIT,
                        MemoryTun.MIN_QUEUE);
        Host host =
                new HostBuilder(key)
                        .security(new TlsTransport(key, random, Clock.systemUTC()))
                        .eventLoopThreads(1)
                        .build();
        TunnelSettings settings =
                new TunnelSettings(
                        provider,
                        1,
                        true,
                        Offloads.ALL,
                        DialOptions.DEFAULT,
                        LaneSockets.options(0));
        try {
            return new Session(
                    host,
                    device,
                    TunnelClient.open(
                            host, settings, _ -> device.left(), System::nanoTime, billing),
                    honest);
        } catch (IOException | InterruptedException | RuntimeException e) {
            host.close();
            device.close();
            throw e;
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
