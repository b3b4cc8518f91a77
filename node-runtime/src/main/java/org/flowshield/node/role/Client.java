package org.flowshield.node.role;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.RefusedException;

/** The role that sends this machine's traffic through a provider. */
public interface Client extends Role {

    /** Connects to one provider alone. */
    default ClientStatus connect(Multiaddr provider, int lanes, Optional<TokenAmount> maxPrice)
            throws RefusedException, InterruptedException {
        return connect(provider, lanes, maxPrice, Candidates.NONE);
    }

    /**
     * Connects, and waits until it is connected or the first attempt with each has failed.
     * Connected elsewhere, it goes over; traffic stays blocked in between.
     *
     * @param candidates whom else to go to, now and when the session breaks; asked each time
     * @param maxPrice the most that is paid for a GiB, now and when it connects again; empty: only
     *     a provider that serves for nothing will do
     * @throws RefusedException if it failed; then it is disconnected, or, if it was connected
     *     before, traffic stays blocked and it tries on
     */
    ClientStatus connect(
            Multiaddr provider, int lanes, Optional<TokenAmount> maxPrice, Candidates candidates)
            throws RefusedException, InterruptedException;

    /** Somebody is about to connect: what can be done at any time is put off. */
    void expect();

    /** Disconnects, or gives up connecting; returns when the machine is as it was. */
    ClientStatus disconnect() throws InterruptedException;

    /**
     * Whether traffic is held that an earlier process kept back, also while the role is off:
     * connecting blocks it anew, disconnecting lets it out.
     */
    default boolean isHolding() {
        return false;
    }

    /** Lets that out where the role is not on; does nothing otherwise. */
    default void letGo() {}

    /** What holds for its connections, also while the role is off. */
    ClientSettings settings();

    /**
     * Changes that at once, whatever state it is in, and keeps it.
     *
     * @throws RefusedException if it can't be; then what held before holds
     */
    ClientSettings change(ClientSettingsChange change)
            throws RefusedException, InterruptedException;

    ClientStatus status();
}
