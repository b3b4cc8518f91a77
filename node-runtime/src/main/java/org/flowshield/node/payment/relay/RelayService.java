package org.flowshield.node.payment.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.relay.CarriedOrder.OfChannel;
import org.flowshield.node.payment.relay.RelayAnswer.Refused;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;

/** Carries the orders of clients. Each stream runs on the virtual thread that the host gives it. */
public final class RelayService implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/relay/1.0.0");

    /** A client has one order at a time, and perhaps a deposit before it. */
    private static final int STREAMS_PER_CONNECTION = 2;

    /** An order comes with the opening of the stream. */
    private static final Duration ORDER_WITHIN = Duration.ofSeconds(10);

    /** It should still be good when a block comes. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private final RelaySettings settings;
    private final Carrier carrier;
    private final InstantSource clock;
    private final RelayLimits limits;

    /**
     * @param clock for deadlines
     * @param nanoTime monotonic
     */
    public RelayService(
            RelaySettings settings, Carrier carrier, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.carrier = carrier;
        this.clock = clock;
        this.limits = new RelayLimits(nanoTime);
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
        Optional<byte[]> message;
        Thread impatience = Frames.resetAfter(stream, ORDER_WITHIN);
        try {
            message = Frames.read(stream.input(), RelayWire.MAX_MESSAGE);
        } catch (MalformedPaymentException e) {
            message = Optional.of(new byte[0]); // answered as what it is
        } finally {
            impatience.interrupt();
        }
        if (message.isPresent()) {
            stream.output().write(Frames.framed(RelayWire.encode(answer(message.orElseThrow()))));
            stream.output().flush();
        }
    }

    private RelayAnswer answer(byte[] message) {
        CarriedOrder order;
        try {
            order = RelayWire.parseOrder(message, settings.channels());
        } catch (MalformedRelayException e) {
            return refused(Refused.Reason.MALFORMED, "" + e.getMessage());
        }
        return objection(order).orElseGet(() -> carry(order));
    }

    private Optional<RelayAnswer> objection(CarriedOrder carried) {
        if (settings.fee().isMoreThan(carried.order().terms().maxFee())) {
            return Optional.of(
                    refused(
                            Refused.Reason.FEE_TOO_LOW,
                            "this provider takes %s for an order".formatted(settings.fee())));
        }
        Instant soon = clock.instant().plus(GOOD_FOR);
        if (carried.order().terms().deadline().isBefore(soon)) {
            return Optional.of(
                    refused(Refused.Reason.TOO_LATE, "the order is void before it would be done"));
        }
        if (carried instanceof OfChannel channel
                && !channel.channel().payee().equals(settings.payee())) {
            return Optional.of(refused(Refused.Reason.NOT_OURS, "the channel pays somebody else"));
        }
        return Optional.empty();
    }

    private RelayAnswer carry(CarriedOrder order) {
        if (!limits.begin()) {
            return refused(Refused.Reason.BUSY, "too many orders, try again in a minute");
        }
        try {
            return new RelayAnswer.Carried(carrier.carry(order, settings.fee()));
        } catch (ChainException e) {
            return refused(
                    e.reason() == ChainException.Reason.REJECTED
                            ? Refused.Reason.REJECTED
                            : Refused.Reason.UNAVAILABLE,
                    "" + e.getMessage());
        } finally {
            limits.end();
        }
    }

    private Refused refused(Refused.Reason reason, String detail) {
        return new Refused(reason, detail, settings.fee());
    }
}
