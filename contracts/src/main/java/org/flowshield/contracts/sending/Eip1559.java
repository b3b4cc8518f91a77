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

/** Transactions with a priority fee, as web3j encodes them. Pure. */
final class Eip1559 {

    private Eip1559() {}

    static Sent sign(Preview preview, long nonce, ChainId chain, TransactionSigner signer) {
        RawTransaction raw =
                RawTransaction.createTransaction(
                        chain.value(),
                        BigInteger.valueOf(nonce),
                        BigInteger.valueOf(preview.gasLimit()),
                        preview.call().to().map(EvmAddress::toString).orElse(""),
                        preview.call().value().units(),
                        Numeric.toHexString(preview.call().data()),
                        preview.fees().priority().units(),
                        preview.fees().max().units());
        Bytes32 digest = Keccak256.hash(TransactionEncoder.encode(raw));
        Signature signature = signer.sign(digest);
        byte[] signed =
                TransactionEncoder.encode(
                        raw,
                        new Sign.SignatureData(
                                (byte) signature.v(),
                                signature.r().bytes(),
                                signature.s().bytes()));
        return new Sent(
                new TransactionHash(Keccak256.hash(signed)),
                signer.address(),
                nonce,
                preview.call(),
                preview.gasLimit(),
                preview.fees(),
                signed);
    }
}
