package org.flowshield.node.cli.serve;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.payment.relay.RelayContracts;
import org.flowshield.node.payment.relay.RelayService;
import org.flowshield.node.payment.relay.RelaySettings;
import org.flowshield.node.role.Hosts;

/** What of a provider carries orders: its host, and an operator with gas on a real chain. */
public final class TestRelay implements AutoCloseable {

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey key = PrivateKey.generate(random);
    private final SigningKey operator;
    private final Host host;
    private final Multiaddr address;

    private TestRelay(
            Chain chain,
            Contracts contracts,
            RelayContracts to,
            SigningKey operator,
            TokenAmount fee)
            throws Exception {
        this.operator = operator;
        Sender sender =
                new Sender(
                        chain,
                        TransactionSigner.of(operator),
                        SenderSettings.of(1, "ETH").withPoll(Duration.ofMillis(20)),
                        Time.SYSTEM);
        host = Hosts.builder(key, random).build();
        host.handle(
                new RelayService(
                        new RelaySettings(to, operator.address(), fee),
                        new RelayCarrier(
                                contracts.channels().calls(),
                                contracts.identities(),
                                contracts.providers(),
                                sender),
                        Clock.systemUTC(),
                        System::nanoTime));
        address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).withPeer(host.peerId());
    }

    /** One that carries to these contracts with gas of this key, for a fee. */
    public static TestRelay open(
            Chain chain, Contracts contracts, SigningKey operator, TokenAmount fee)
            throws Exception {
        return new TestRelay(chain, contracts, contracts(contracts), operator, fee);
    }

    /** One that says of itself that it carries somewhere else. */
    public static TestRelay elsewhere(
            Chain chain, Contracts contracts, SigningKey operator, TokenAmount fee)
            throws Exception {
        RelayContracts here = contracts(contracts);
        return new TestRelay(
                chain,
                contracts,
                new RelayContracts(here.channels(), here.providers(), here.identities()),
                operator,
                fee);
    }

    static RelayContracts contracts(Contracts contracts) {
        return new RelayContracts(
                contracts.channels().domain(),
                contracts.identities().address(),
                contracts.providers().address());
    }

    /** Where it is dialled. */
    public Multiaddr address() {
        return address;
    }

    /** Who pays the gas. */
    public EvmAddress operator() {
        return operator.address();
    }

    @Override
    public void close() {
        host.close();
        key.close();
        operator.close();
    }
}
