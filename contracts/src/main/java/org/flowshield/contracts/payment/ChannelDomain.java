package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.signing.Eip712Domain;

/**
 * The channels contract that vouchers are for. Immutable.
 *
 * @param contract the address of PaymentChannels on that chain
 */
public record ChannelDomain(ChainId chain, EvmAddress contract) {

    private static final Bytes32 NAME = Keccak256.hash("FlowShield PaymentChannels");
    private static final Bytes32 VERSION = Keccak256.hash("1");

    public Eip712Domain eip712() {
        return new Eip712Domain(NAME, VERSION, chain, contract);
    }
}
