package org.flowshield.node.tunnel.credit;

import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.SessionToken;

/** How a provider is paid for its sessions. Nothing here waits. */
public interface ProviderBilling {

    /** Serves for nothing. */
    ProviderBilling NONE =
            new ProviderBilling() {
                @Override
                public Optional<Refused> objection(Hello hello) {
                    return hello.offerHash()
                            .map(
                                    _ ->
                                            new Refused(
                                                    Refused.Reason.OFFER_CHANGED,
                                                    "this provider serves for nothing"));
                }

                @Override
                public Optional<Bill> begin(
                        PeerId peer,
                        Hello hello,
                        SessionToken token,
                        Consumer<BillEndedException> onEnd) {
                    return Optional.empty();
                }
            };

    /** Why a session can't be granted on the terms that the client has in mind. */
    Optional<Refused> objection(Hello hello);

    /**
     * Awaits payment for a session that is being granted.
     *
     * @param token by which the client will name it
     * @param onEnd told, from any thread, that the session can't go on; at most once
     * @return empty if it is served for nothing
     */
    Optional<Bill> begin(
            PeerId peer, Hello hello, SessionToken token, Consumer<BillEndedException> onEnd);
}
