package org.flowshield.node.payment.relay;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;

/** Has a provider carry an order. Stateless; waits for the provider and its chain. */
public final class RelayClient {

    /**
     * Ten times what an order costs where gas is dear, a tenth of a FLOW; a provider that asks for
     * more does without.
     */
    public static final TokenAmount MOST_FEE = new TokenAmount(BigInteger.TEN.pow(17));

    private RelayClient() {}

    /**
     * Shows a provider an order.
     *
     * @return {@link RelayAnswer.Carried} or {@link RelayAnswer.Refused}
     * @throws org.flowshield.libp2p.multistream.ProtocolNotSupportedException if it carries none
     * @throws IOException if it does not answer, or not so that it can be read
     */
    public static RelayAnswer carry(Connection provider, CarriedOrder order) throws IOException {
        RelayAnswer answer = ask(provider, order);
        return switch (answer) {
            case RelayAnswer.Carried _, RelayAnswer.Refused _ -> answer;
            case RelayAnswer.Terms _ ->
                    throw new IOException("the relayer answered an order with terms");
        };
    }

    /**
     * Asks a provider on which terms it carries orders about nodes.
     *
     * @return {@link RelayAnswer.Terms} or {@link RelayAnswer.Refused}
     * @throws org.flowshield.libp2p.multistream.ProtocolNotSupportedException if it carries none
     * @throws IOException if it does not answer, or not so that it can be read
     */
    public static RelayAnswer terms(Connection provider) throws IOException {
        RelayAnswer answer = ask(provider, new RelayRequest.Ask());
        return switch (answer) {
            case RelayAnswer.Terms _, RelayAnswer.Refused _ -> answer;
            case RelayAnswer.Carried _ ->
                    throw new IOException("the relayer carries what nobody ordered");
        };
    }

    private static RelayAnswer ask(Connection provider, RelayRequest request) throws IOException {
        try (Stream stream = provider.newStream(List.of(RelayService.PROTOCOL))) {
            stream.output().write(Frames.framed(RelayWire.encode(request)));
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
