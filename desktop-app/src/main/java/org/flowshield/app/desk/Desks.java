package org.flowshield.app.desk;

import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.share.ShareDesk;
import org.flowshield.node.desk.wallet.WalletDesk;

/**
 * What the app does with wallet, node and chain. Immutable; the desks are safe for use by any
 * thread, and all that waits is called through {@link DeskWork}.
 */
public record Desks(WalletDesk wallet, MoneyDesk money, IdentityDesk identity, ShareDesk share) {}
