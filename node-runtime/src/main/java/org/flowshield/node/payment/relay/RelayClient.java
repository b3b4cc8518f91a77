package org.flowshield.node.payment.relay;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;

/** Has a provider carry an order. Stateless; waits for the provider and its chain. */
public final class RelayClient {

    private RelayClient() {}

    /**
     * Shows a provider an order.
     *
     * @throws org.flowshield.libp2p.multistream.ProtocolNotSupportedException if it carries none
     * @throws IOException if it does not answer, or not so that it can be read
     */
    public static RelayAnswer carry(Connection provider, CarriedOrder order) throws IOException {
        try (Stream stream = provider.newStream(List.of(RelayService.PROTOCOL))) {
            stream.output().write(Frames.framed(RelayWire.encode(order)));
            stream.output().flush();
            stream.closeWrite();
            byte[] answer =
                    Frames.read(stream.input(), RelayWire.MAX_MESSAGE)
                            .orElseThrow(() -> new IOException("the relayer did not answer"));
            return RelayWire.parseAnswer(answer);
        } catch (MalformedRelayException | MalformedPaymentException e) {
            throw new IOException("the relayer's answer can't be read: " + e.getMessage(), e);
        }
    }
}
