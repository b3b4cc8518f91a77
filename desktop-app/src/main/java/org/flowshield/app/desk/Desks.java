package org.flowshield.app.desk;

import java.util.Optional;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.share.ShareDesk;
import org.flowshield.node.desk.wallet.WalletDesk;

/**
 * What the app does with wallet, node and chain. Immutable; the desks are safe for use by any
 * thread, and all that waits is called through {@link DeskWork}.
 *
 * @param rpcs told whom the service asks about the chain
 */
public record Desks(
        WalletDesk wallet, MoneyDesk money, IdentityDesk identity, ShareDesk share, OwnRpcs rpcs) {

    /** Desks that ask whom they ask, whatever the service does. */
    public Desks(WalletDesk wallet, MoneyDesk money, IdentityDesk identity, ShareDesk share) {
        this(wallet, money, identity, share, OwnRpcs.NONE);
    }

    /** The network that all stand on; empty: none is chosen, and whatever needs one says so. */
    public Optional<Network> network() {
        return money instanceof NoNetwork.NoMoney ? Optional.empty() : Optional.of(money.network());
    }
}
