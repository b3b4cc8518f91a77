package org.flowshield.node.desk.share;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.jspecify.annotations.Nullable;

/**
 * How selling stands. Immutable.
 *
 * @param peerId of this machine's node
 * @param selling the daemon's offer
 * @param serving what the provider role does; null while it is off
 * @param role where it stands, and how long by the schedule
 * @param binding of the node to the wallet
 * @param stake the wallet's
 * @param least what the market asks for
 * @param entry of the wallet in the market
 * @param active whether channels to it may be opened
 */
public record ShareStanding(
        String peerId,
        SellingStatus selling,
        @Nullable ProviderStatus serving,
        RoleStatus role,
        BindingStatus binding,
        Stake stake,
        TokenAmount least,
        ProviderEntry entry,
        boolean active) {}
