package org.flowshield.contracts.sending;

import java.math.BigInteger;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.signing.Signature;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/**
 * All of a transaction but its signature: what whoever holds the key is shown, in another process
 * perhaps. Immutable.
 *
 * @param nonce its number among the wallet's transactions
 */
public record UnsignedTransaction(ChainId chain, long nonce, Preview preview) {

    public UnsignedTransaction {
        if (nonce < 0 || preview.gasLimit() < 0) {
            throw new IllegalArgumentException("numbers and gas are not less than 0");
        }
    }

    /** What is signed (EIP-1559). */
    public Bytes32 digest() {
        return Keccak256.hash(TransactionEncoder.encode(raw()));
    }

    /**
     * The transaction with its signature.
     *
     * @throws IllegalArgumentException if the signature is not of the wallet that sends
     */
    public Sent signed(Signature signature) {
        if (!signature.isBy(preview.from(), digest())) {
            throw new IllegalArgumentException("the signature is not that of " + preview.from());
        }
        byte[] signed =
                TransactionEncoder.encode(
                        raw(),
                        new Sign.SignatureData(
                                (byte) signature.v(),
                                signature.r().bytes(),
                                signature.s().bytes()));
        return new Sent(
                new TransactionHash(Keccak256.hash(signed)),
                preview.from(),
                nonce,
                preview.call(),
                preview.gasLimit(),
                preview.fees(),
                signed);
    }

    private RawTransaction raw() {
        return RawTransaction.createTransaction(
                chain.value(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(preview.gasLimit()),
                preview.call().to().map(EvmAddress::toString).orElse(""),
                preview.call().value().units(),
                Numeric.toHexString(preview.call().data()),
                preview.fees().priority().units(),
                preview.fees().max().units());
    }
}
