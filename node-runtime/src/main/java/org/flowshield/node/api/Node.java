package org.flowshield.node.api;

import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.logs.Logs;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.network.Networking;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.schedule.Scheduling;

/**
 * A running node, steered from outside: what the local API stands before. Safe for use by any
 * thread; the methods that do something block until it is done and are meant for virtual threads.
 */
public interface Node {

    NodeStatus status();

    /**
     * Tells of changes: the listener is called soon after each, from any thread, never twice at a
     * time, and must not wait. Counters that grow are no change.
     */
    Subscription watch(Runnable listener);

    /**
     * Connects the client role and waits until it is connected or the first attempt has failed.
     * Switches the role on if it is off. Connected elsewhere, it goes over to the new provider.
     *
     * @throws RefusedException if the request is wrong or the attempt failed; then the client is
     *     disconnected, or, if it was connected before, traffic stays blocked and it tries on
     */
    ClientStatus connect(ConnectRequest request) throws RefusedException, InterruptedException;

    /** Disconnects, or gives up connecting; returns when the machine is as it was. */
    ClientStatus disconnect() throws RefusedException, InterruptedException;

    /**
     * Switches a role on; returns when it is. Nothing happens if it is on. Holds until its schedule
     * changes, if it has one.
     */
    RoleStatus enable(RoleName role) throws RefusedException, InterruptedException;

    /**
     * Switches a role off; returns when it is. Nothing happens if it is off. Holds until its
     * schedule changes, if it has one.
     */
    RoleStatus disable(RoleName role) throws RefusedException, InterruptedException;

    /** What a person has chosen for the client's connections; it outlives a restart. */
    ClientSettings clientSettings();

    /**
     * Changes that, at once and in every state: while it connects, is connected or is blocked, too.
     *
     * @throws RefusedException if it can't be kept or the machine refuses; then what held before
     *     holds
     */
    ClientSettings change(ClientSettingsChange change)
            throws RefusedException, InterruptedException;

    /** What it does with money. */
    Payments payments();

    /** By which ways it gets to its chain and to its peers. */
    Networking network();

    /** In which hours it sells. */
    Scheduling schedule();

    /** Where it finds providers. */
    Marketplace market();

    /** Who it is. */
    Identities identity();

    /** What it sells for. */
    Selling selling();

    /** What it has written to its log. */
    Logs logs();

    /** Ends a {@link #watch}. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
