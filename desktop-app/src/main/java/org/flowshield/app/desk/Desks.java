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
 */
public record Desks(WalletDesk wallet, MoneyDesk money, IdentityDesk identity, ShareDesk share) {

    /** The network that all stand on; empty: none is chosen, and whatever needs one says so. */
    public Optional<Network> network() {
        return money instanceof NoNetwork.NoMoney ? Optional.empty() : Optional.of(money.network());
    }
}
