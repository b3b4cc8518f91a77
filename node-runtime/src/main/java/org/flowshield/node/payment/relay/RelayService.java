package org.flowshield.node.payment.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingChallenge;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.relay.CarriedOrder.OfChannel;
import org.flowshield.node.payment.relay.CarriedOrder.OfNode;
import org.flowshield.node.payment.relay.CarriedOrder.OfPurse;
import org.flowshield.node.payment.relay.RelayAnswer.Refused;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.jspecify.annotations.Nullable;

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
    private final RelayLimits limitsOfNodes;
    private final GasAtRisk gasAtRisk;

    /**
     * @param clock for deadlines
     * @param nanoTime monotonic
     */
    public RelayService(
            RelaySettings settings, Carrier carrier, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.carrier = carrier;
        this.clock = clock;
        this.limits = new RelayLimits(RelayLimits.PER_MINUTE, nanoTime);
        this.limitsOfNodes = new RelayLimits(RelayLimits.OF_NODES_PER_MINUTE, nanoTime);
        this.gasAtRisk = new GasAtRisk(nanoTime);
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
        try {
            return switch (RelayWire.parseRequest(message, settings.contracts())) {
                case RelayRequest.Ask _ -> terms();
                case CarriedOrder order -> objection(order).orElseGet(() -> carry(order));
            };
        } catch (MalformedRelayException e) {
            return refused(Refused.Reason.MALFORMED, "" + e.getMessage());
        }
    }

    private RelayAnswer terms() {
        RelayContracts to = settings.contracts();
        return settings.fee().isZero()
                ? notForNothing()
                : new RelayAnswer.Terms(
                        settings.fee(), to.chain(), to.identities(), to.providers());
    }

    private RelayAnswer notForNothing() {
        return refused(
                Refused.Reason.NOT_OURS,
                "this provider carries orders about channels to it, and no others");
    }

    private Optional<RelayAnswer> objection(CarriedOrder carried) {
        if (carried instanceof OfNode && settings.fee().isZero()) {
            return Optional.of(notForNothing());
        }
        if (settings.fee().isMoreThan(carried.terms().maxFee())) {
            return Optional.of(
                    refused(
                            Refused.Reason.FEE_TOO_LOW,
                            "this provider takes %s for an order".formatted(settings.fee())));
        }
        Instant soon = clock.instant().plus(GOOD_FOR);
        if (carried.terms().deadline().isBefore(soon)) {
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
        return switch (order) {
            case OfNode node -> forgery(node).orElseGet(() -> carryAtRisk(node));
            case OfChannel _, OfPurse _ -> handIn(order, limits, _ -> {});
        };
    }

    /** What the chain is not asked about, because it can be seen here. */
    private Optional<RelayAnswer> forgery(OfNode carried) {
        RegistryOrder order = carried.order();
        RelayContracts to = settings.contracts();
        EvmAddress registry = to.registryOf(order);
        if (!carried.signature().isBy(order.wallet(), order.digest(to.chain(), registry))) {
            return Optional.of(
                    refused(
                            Refused.Reason.NOT_SIGNED,
                            "the wallet %s has not signed this order for chain %s and the registry %s"
                                    .formatted(order.wallet(), to.chain(), registry)));
        }
        if (order instanceof RegistryOrder.Bind bind) {
            Bytes32 challenge =
                    BindingChallenge.of(to.chain(), registry, bind.wallet(), bind.nodeKey());
            if (!BindingProof.holds(new NodeKey(bind.nodeKey()), challenge, bind.proof())) {
                return Optional.of(
                        refused(
                                Refused.Reason.NO_CONSENT,
                                "the node has not agreed to be the wallet's on this network"));
            }
        }
        return Optional.empty();
    }

    private RelayAnswer carryAtRisk(OfNode order) {
        EvmAddress wallet = order.order().wallet();
        Optional<String> tooRisky = gasAtRisk.begin(wallet);
        if (tooRisky.isPresent()) {
            return refused(Refused.Reason.BUSY, tooRisky.orElseThrow());
        }
        @Nullable RelayAnswer answer = null;
        try {
            answer = handIn(order, limitsOfNodes, inVain -> gasAtRisk.end(wallet, inVain));
            return answer;
        } finally {
            if (!(answer instanceof RelayAnswer.Carried)) {
                gasAtRisk.end(wallet, false);
            }
        }
    }

    private RelayAnswer handIn(CarriedOrder order, RelayLimits counted, Carrier.Ending ending) {
        if (!counted.begin()) {
            return refused(Refused.Reason.BUSY, "too many orders, try again in a minute");
        }
        try {
            return new RelayAnswer.Carried(carrier.carry(order, settings.fee(), ending));
        } catch (ChainException e) {
            return refused(
                    e.reason() == ChainException.Reason.REJECTED
                            ? Refused.Reason.REJECTED
                            : Refused.Reason.UNAVAILABLE,
                    "" + e.getMessage());
        } finally {
            counted.end();
        }
    }

    private Refused refused(Refused.Reason reason, String detail) {
        return new Refused(reason, detail, settings.fee());
    }
}
