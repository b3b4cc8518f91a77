package org.flowshield.node.provider;

import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.advertise.Goods;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.tunnel.credit.ProviderBilling;

/** Has a provider's sessions paid. Any thread; nothing here waits. */
public interface Cashier {

    /** Of a provider that serves for nothing. */
    Cashier NONE =
            new Cashier() {
                @Override
                public ProviderBilling billing() {
                    return ProviderBilling.NONE;
                }

                @Override
                public List<ProtocolBinding> protocols() {
                    return List.of();
                }

                @Override
                public Optional<SessionPayment> payment(PeerId client) {
                    return Optional.empty();
                }

                @Override
                public Optional<Goods> goods() {
                    return Optional.empty();
                }
            };

    ProviderBilling billing();

    /** What clients ask for prices and pay by. */
    List<ProtocolBinding> protocols();

    /** How the session of a client is paid; empty if it is free, or not yet known. */
    Optional<SessionPayment> payment(PeerId client);

    /** What the market is told of; empty if nothing is: who serves for nothing is not listed. */
    Optional<Goods> goods();
}
