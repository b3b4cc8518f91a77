package org.flowshield.contracts.sending;

import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/**
 * A signed transaction, on its way or not: handing it in twice does no harm. Immutable.
 *
 * @param nonce its number among the wallet's transactions; only one of each number counts
 * @param signed its bytes, for handing it in again
 */
public record Sent(
        TransactionHash hash,
        EvmAddress from,
        long nonce,
        Call call,
        long gasLimit,
        Fees fees,
        byte[] signed) {

    /** A number of a signature has 32 bytes. */
    private static final int WORD = 32;

    public Sent {
        signed = signed.clone();
    }

    /**
     * Reads the bytes of a signed transaction (EIP-1559) again.
     *
     * @param from who must have signed it
     * @param purpose what it is for, which the bytes do not say
     * @return nothing if these bytes are no such transaction
     */
    public static Optional<Sent> decode(
            byte[] signed, ChainId chain, EvmAddress from, String purpose) {
        try {
            Optional<Sent> sent =
                    TransactionDecoder.decode(Numeric.toHexString(signed))
                                            instanceof SignedRawTransaction raw
                                    && raw.getTransaction() instanceof Transaction1559 fields
                            ? Optional.of(decode(raw, fields, chain, from, purpose))
                            : Optional.empty();
            return sent.filter(found -> Arrays.equals(found.signed, signed));
        } catch (RuntimeException | MalformedSignatureException e) {
            return Optional.empty(); // web3j's decoder throws whatever it stumbles over
        }
    }

    private static Sent decode(
            SignedRawTransaction raw,
            Transaction1559 fields,
            ChainId chain,
            EvmAddress from,
            String purpose)
            throws MalformedSignatureException {
        byte[] to = Numeric.hexStringToByteArray(raw.getTo());
        Call call =
                new Call(
                        to.length == 0 ? null : new EvmAddress(to),
                        Numeric.hexStringToByteArray(raw.getData()),
                        new Wei(raw.getValue()),
                        purpose);
        Preview preview =
                new Preview(
                        call,
                        from,
                        raw.getGasLimit().longValueExact(),
                        new Fees(
                                new Wei(fields.getMaxFeePerGas()),
                                new Wei(fields.getMaxPriorityFeePerGas())));
        return new UnsignedTransaction(chain, raw.getNonce().longValueExact(), preview)
                .signed(signature(raw.getSignatureData()));
    }

    private static Signature signature(Sign.SignatureData data) throws MalformedSignatureException {
        byte[] bytes = new byte[Signature.LENGTH];
        byte[] r = Numeric.toBytesPadded(Numeric.toBigInt(data.getR()), WORD);
        byte[] s = Numeric.toBytesPadded(Numeric.toBigInt(data.getS()), WORD);
        System.arraycopy(r, 0, bytes, 0, WORD);
        System.arraycopy(s, 0, bytes, WORD, WORD);
        bytes[2 * WORD] = data.getV()[0];
        return Signature.parse(bytes);
    }

    @Override
    public byte[] signed() {
        return signed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sent sent && hash.equals(sent.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "Sent[" + hash + ", number " + nonce + ", " + call.purpose() + "]";
    }
}
