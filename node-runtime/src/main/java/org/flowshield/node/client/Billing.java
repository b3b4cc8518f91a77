package org.flowshield.node.client;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.ClientBilling;

/** How a client's sessions are paid for. Any thread; nothing here waits. */
@FunctionalInterface
public interface Billing {

    /** Of a client that pays nobody. */
    Billing NONE = _ -> () -> OfSession.FREE;

    /**
     * Somebody asked to connect.
     *
     * @param maxPrice the most that is paid for a GiB; empty: nothing
     */
    Row begin(Optional<TokenAmount> maxPrice);

    /** The sessions that one request leads to, one after the other; they share the cap of one. */
    @FunctionalInterface
    interface Row {
        OfSession next();
    }

    /** How one of them is paid for. */
    interface OfSession extends ClientBilling {

        /** Pays nobody. */
        OfSession FREE =
                new OfSession() {
                    @Override
                    public Optional<SessionPayment> status() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Bytes32> agree(Connection control)
                            throws IOException, InterruptedException {
                        return ClientBilling.NONE.agree(control);
                    }

                    @Override
                    public Optional<Bill> begin(
                            Connection control,
                            Welcome welcome,
                            Consumer<BillEndedException> onEnd) {
                        return ClientBilling.NONE.begin(control, welcome, onEnd);
                    }
                };

        /** Empty while nothing is agreed, and if it is free. */
        Optional<SessionPayment> status();
    }
}
