package org.flowshield.node.payment.session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.credit.BillEndedException;

/**
 * Tells clients what the provider asks for. Each stream runs on the virtual thread that the host
 * gives it.
 */
public final class Offers implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/offer/1.0.0");

    /** A client asks once. */
    private static final int STREAMS_PER_CONNECTION = 2;

    private final Supplier<Optional<SignedOffer>> offer;

    /**
     * @param offer that holds now; empty while the provider serves for nothing
     */
    public Offers(Supplier<Optional<SignedOffer>> offer) {
        this.offer = offer;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        stream.output().write(SignedOffer.answer(offer.get()));
        stream.output().flush();
    }

    /**
     * Asks the provider at the other end of a connection.
     *
     * @return empty if it serves for nothing
     */
    public static Optional<SignedOffer> ask(Connection provider) throws IOException {
        try (Stream stream = provider.newStream(List.of(PROTOCOL))) {
            stream.closeWrite();
            return SignedOffer.read(stream.input(), provider.remotePeer());
        } catch (ProtocolNotSupportedException e) {
            return Optional.empty(); // who asks for nothing need not say so
        } catch (MalformedPaymentException e) {
            throw new BillEndedException(
                    "bad_offer",
                    "the provider's offer is not to be believed: " + e.reason(),
                    false);
        }
    }
}
