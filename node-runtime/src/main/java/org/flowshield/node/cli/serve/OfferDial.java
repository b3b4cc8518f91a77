package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.relay.RelayClient;
import org.flowshield.node.payment.session.CloseService;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.CloseOrder;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.treasury.Offers;

/**
 * Asks providers over a connection of its own, with a key that is thrown away: they learn no more
 * of who asks than of who connects. Any thread; waits for the provider.
 */
final class OfferDial implements Offers {

    private final SecureRandom random;
    private final IntSupplier mark;
    private final Names names;
    private final Vetting vetting;

    /**
     * Dials with these sockets.
     *
     * @param mark of a socket that is opened now; keeps it outside of a tunnel
     * @param vetting of who asks for money
     */
    OfferDial(SecureRandom random, IntSupplier mark, Names names, Vetting vetting) {
        this.random = random;
        this.mark = mark;
        this.names = names;
        this.vetting = vetting;
    }

    @Override
    public Answer ask(String provider) throws RefusedException, InterruptedException {
        return at(provider, this::ask);
    }

    private Answer ask(Connection provider) throws IOException, InterruptedException {
        Optional<SignedOffer> offer = org.flowshield.node.payment.session.Offers.ask(provider);
        if (offer.isEmpty()) {
            vetting.requireFree(provider.remotePeer());
            return new Answer(provider.remotePeer(), offer);
        }
        return new Answer(
                provider.remotePeer(),
                offer,
                vetting.require(provider, offer.orElseThrow().offer()));
    }

    @Override
    public RelayAnswer carry(String provider, CarriedOrder order)
            throws RefusedException, InterruptedException {
        return at(provider, connection -> carry(connection, order));
    }

    /** What a provider answers to whom it is told in its own terms. */
    @FunctionalInterface
    interface Ordering {
        CloseOrder to(Bytes32 nodeKey);
    }

    /** Has a provider agree on the end of a channel. */
    PaymentMessage close(String provider, Ordering order)
            throws RefusedException, InterruptedException {
        return at(provider, connection -> close(connection, order));
    }

    private static PaymentMessage close(Connection provider, Ordering order) throws IOException {
        try {
            Bytes32 nodeKey =
                    provider.remotePeer()
                            .publicKey()
                            .map(key -> new Bytes32(key.data()))
                            .orElseThrow(() -> new IOException("its key is of another kind"));
            return CloseService.ask(provider, order.to(nodeKey));
        } catch (ProtocolNotSupportedException e) {
            return new Refused(PaymentEnd.UNSPECIFIED, "it agrees only while a session is open");
        }
    }

    private static RelayAnswer carry(Connection provider, CarriedOrder order) throws IOException {
        try {
            return RelayClient.carry(provider, order);
        } catch (ProtocolNotSupportedException e) {
            return new RelayAnswer.Refused(
                    RelayAnswer.Refused.Reason.UNAVAILABLE,
                    "this provider carries no orders",
                    TokenAmount.ZERO);
        }
    }

    /** What is said to a provider. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(Connection provider) throws IOException, InterruptedException;
    }

    private <T> T at(String provider, Talk<T> talk) throws RefusedException, InterruptedException {
        IOException last = new IOException("there is no address to dial");
        for (Multiaddr candidate : candidates(provider)) {
            try (PrivateKey key = PrivateKey.generate(random);
                    Host host = Hosts.builder(key, random).build();
                    Connection connection =
                            host.connect(
                                    candidate, DialOptions.DEFAULT.withMark(mark.getAsInt()))) {
                return talk.with(connection);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException().initCause(e);
                }
                last = e;
            }
        }
        throw NodeFailure.of(last);
    }

    private List<Multiaddr> candidates(String provider)
            throws RefusedException, InterruptedException {
        Multiaddr address;
        try {
            address = Multiaddr.parse(provider);
        } catch (MalformedMultiaddrException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        if (!address.isTcp()) {
            throw invalid(address + " is not an address that can be dialled");
        }
        try {
            return names.dialable(address);
        } catch (UnknownHostException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "name_not_resolved",
                            e.getMessage() + "; nothing was changed",
                            "check the name and the machine's DNS settings, or give the provider's"
                                    + " IP address"),
                    e);
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(
                Kind.INVALID,
                new Problem(
                        "malformed_multiaddr",
                        message,
                        "give the address that the provider shows: /ip4/ADDRESS/tcp/PORT/p2p/ID"));
    }
}
