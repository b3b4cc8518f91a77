package org.flowshield.node.desk.identity;

import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.Roles;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's nodes. This machine's daemon keeps the node key and consents with it; the wallet
 * sends. Safe for use by any thread; waits for daemon and chain: meant for virtual threads. Each
 * verb looks first what is done already: whoever is interrupted begins again.
 *
 * <p>Beside what {@link org.flowshield.node.desk.money.MoneyDesk} throws: {@code no_daemon}, {@code
 * other_network} (daemon and wallet are on different ones), {@code bad_proof}.
 */
public interface IdentityDesk {

    /**
     * Whose this machine's node is.
     *
     * @param askChain whether the registry is asked, too
     */
    OwnNode own(boolean askChain) throws DeskException, InterruptedException;

    /**
     * Takes this machine's node as the wallet's own.
     *
     * @throws DeskException also {@code other_roles}, {@code revoked}, {@code other_wallet}
     */
    Registered register(EvmAddress wallet, Set<Roles> roles, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Gives this machine's node a new key and revokes the old one. Restart the daemon after it.
     *
     * @param roles of the new key; empty for those of the old
     * @throws DeskException also {@code restart_needed}: a new key waits for that already
     */
    Rotated rotate(EvmAddress wallet, Set<Roles> roles, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Makes a node of the wallet worth nothing, for ever. Needs no daemon if the node is named.
     *
     * @param node a peer id, or a key as {@code 0x} and 64 digits; null for this machine's
     * @throws DeskException also {@code not_bound}, {@code bad_argument}
     */
    Registered revoke(EvmAddress wallet, @Nullable String node, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Checks who a node is. Needs neither wallet nor daemon.
     *
     * @param node a multiaddr, which is dialled, or a peer id, of which the chain alone is asked
     * @param role what it should be
     * @param progress told of each check when it is made
     * @throws DeskException also {@code malformed_multiaddr}, {@code bad_argument}
     */
    Verification verify(String node, Roles role, Consumer<Verification.Check> progress)
            throws DeskException, InterruptedException;

    /**
     * The same desk for a wallet that has FLOW and no gas: what registers, rotates and revokes is
     * signed as orders, which a provider carries to the chain and takes a fee in FLOW for, after it
     * was proposed. What takes gas of the wallet all the same (a rotation that has to tell the
     * market, {@link #claim}, {@link #takeBack}) is refused with {@code no_gas}, before anything is
     * done.
     *
     * <p>Its verbs throw also {@code no_relay} (nobody carries it), {@code not_carried}, {@code
     * above_balance} (the fee).
     *
     * @param provider who carries: its multiaddr, or its peer id, which the daemon finds; null for
     *     whom the daemon finds
     */
    IdentityDesk carriedBy(@Nullable String provider);

    /**
     * What the wallet of a node says of it: its own word, to be shown as claimed. Needs no daemon
     * if the node is named.
     *
     * @param node a peer id, or a key as {@code 0x} and 64 digits; null for this machine's
     * @throws DeskException also {@code not_bound}: nobody says anything of it
     */
    NodeClaims claims(@Nullable String node) throws DeskException, InterruptedException;

    /**
     * Says something of a node of the wallet, for everybody to read.
     *
     * @param node as for {@link #claims}
     * @return {@link Ending.Already} if it says so
     * @throws DeskException also {@code not_bound}, {@code too_many_attributes}
     */
    Ending claim(
            EvmAddress wallet,
            @Nullable String node,
            NodeAttribute attribute,
            Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Takes back what the wallet says of its node under a name.
     *
     * @param node as for {@link #claims}
     * @return {@link Ending.Already} if it says nothing
     * @throws DeskException also {@code not_bound}, {@code bad_argument}: that is no name
     */
    Ending takeBack(
            EvmAddress wallet, @Nullable String node, String name, Conversation conversation)
            throws DeskException, InterruptedException;
}
