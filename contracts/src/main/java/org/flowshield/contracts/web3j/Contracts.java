package org.flowshield.contracts.web3j;

import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.FlowToken;

/**
 * The contracts of a network on a chain. Immutable, but what it reads changes; safe for use by any
 * thread.
 */
public record Contracts(
        FlowToken token,
        PaymentChannels channels,
        ProviderRegistry providers,
        IdentityRegistry identities,
        StakeVault vault) {

    /** Nothing is asked yet. */
    public static Contracts on(Chain chain, ContractAddresses at) {
        return new Contracts(
                new Web3jFlowToken(chain, at.token()),
                new Web3jPaymentChannels(chain, at.channels()),
                new Web3jProviderRegistry(chain, at.providers()),
                new Web3jIdentityRegistry(chain, at.identities()),
                new Web3jStakeVault(chain, at.vault()));
    }

    /** Whether all of them are there: a development chain may have been begun anew. */
    public boolean areDeployed(Chain chain) throws RpcException {
        EvmAddress[] all = {
            token.address(),
            channels.domain().contract(),
            providers.address(),
            identities.address(),
            vault.address()
        };
        for (EvmAddress address : all) {
            if (!chain.hasCode(address)) {
                return false;
            }
        }
        return true;
    }
}
