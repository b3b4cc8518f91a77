package org.flowshield.node.desk.local;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.share.ShareDesk;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.jspecify.annotations.Nullable;

/**
 * The desk of this machine. Opening it asks nobody; the ways to daemon and chain are opened when
 * they are first needed. Safe for use by any thread.
 */
public final class LocalDesk implements AutoCloseable {

    private final LocalWallet wallet;
    private final NodeLink node;
    private final LocalIdentity identity;
    private final @Nullable LocalMoney money;
    private final LocalShare share;
    private final @Nullable OpenNetwork open;

    private LocalDesk(DeskSettings settings) {
        SecureRandom random = new SecureRandom();
        this.wallet =
                new LocalWallet(
                        Wallet.at(settings.wallet(), ScryptCost.STANDARD, Clock.systemUTC(), random)
                                .deriving(settings.derivation()),
                        settings.agent(),
                        settings.derivation(),
                        random);
        this.node = new NodeLink(settings.daemon());
        OpenNetwork network =
                settings.network() == null ? null : OpenNetwork.of(settings.network());
        this.open = network;
        this.identity = new LocalIdentity(settings.wallet(), node, network);
        this.money = network == null ? null : new LocalMoney(settings.wallet(), network);
        this.share = new LocalShare(settings.wallet(), node, network);
    }

    /** A desk with these settings; the caller closes it. */
    public static LocalDesk open(DeskSettings settings) {
        return new LocalDesk(settings);
    }

    public WalletDesk wallet() {
        return wallet;
    }

    /**
     * Money on the network.
     *
     * @throws DeskException {@code no_network} if none was chosen
     */
    public MoneyDesk money() throws DeskException {
        if (money == null) {
            throw noNetwork();
        }
        return money;
    }

    /** Whose this machine's node is; without a network it knows what the daemon says, no more. */
    public IdentityDesk identity() {
        return identity;
    }

    /** Selling; without a network it can only be switched off. */
    public ShareDesk share() {
        return share;
    }

    /**
     * Traffic of this machine takes another way from now on, such as a tunnel: what waits for the
     * chain is asked anew. Does not wait.
     */
    public void wayChanged() {
        if (open != null) {
            open.chain().wayChanged();
        }
    }

    /**
     * Asks the chain through other RPCs from now on. Does not wait; nothing to do without a
     * network.
     *
     * @param rpcs the preferred first; empty: those of the network file
     */
    public void askThrough(List<URI> rpcs) {
        if (open != null) {
            open.chain().use(rpcs.isEmpty() ? open.network().rpcs() : rpcs);
        }
    }

    /** Closes the ways to daemon and chain; what is on its way goes on there. */
    @Override
    public void close() {
        node.close();
        if (open != null) {
            open.close();
        }
    }

    static DeskException noNetwork() {
        return Failures.invalid(
                "no_network", "it is not said which chain to ask", "choose a network file");
    }
}
