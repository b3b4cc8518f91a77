package org.flowshield.node.tunnel.credit;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;

/** How a client pays for its sessions. */
public interface ClientBilling {

    /** Pays nobody. */
    ClientBilling NONE =
            new ClientBilling() {
                @Override
                public Optional<Bytes32> agree(Connection control) {
                    return Optional.empty();
                }

                @Override
                public Optional<Bill> begin(
                        Connection control, Welcome welcome, Consumer<BillEndedException> onEnd) {
                    return Optional.empty();
                }
            };

    /**
     * Learns what the provider asks for, and sees to it that it can be paid; waits for the provider
     * and perhaps the chain.
     *
     * @param control the connection that the session's control stream will be on
     * @return the hash of the offer that is agreed to; empty if the provider serves for nothing
     * @throws BillEndedException if it asks for more than the user wants to pay, or can
     */
    Optional<Bytes32> agree(Connection control) throws IOException, InterruptedException;

    /**
     * Begins to pay for a session that was granted on what was agreed; does not wait.
     *
     * @param onEnd told, from any thread, that the session can't go on; at most once
     * @return empty if it serves for nothing
     */
    Optional<Bill> begin(Connection control, Welcome welcome, Consumer<BillEndedException> onEnd);
}
