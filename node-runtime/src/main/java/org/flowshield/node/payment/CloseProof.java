package org.flowshield.node.payment;

import java.nio.charset.StandardCharsets;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;

/**
 * What a channel's signer signs to have its end agreed on: whoever knows the channel from the chain
 * alone can't have it ended, and what was said to one provider proves nothing to another.
 */
public final class CloseProof {

    /** No digest of EIP-712, no transaction and no other proof begins like this. */
    private static final byte[] PREFIX =
            "flowshield payment close 1\n".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of an amount of 128 bits. */
    private static final int AMOUNT_LENGTH = 16;

    private CloseProof() {}

    public static Bytes32 digest(ChannelId channel, Bytes32 nodeKey, TokenAmount finalAmount) {
        byte[] units = finalAmount.units().toByteArray();
        byte[] amount = new byte[AMOUNT_LENGTH];
        int length = Math.min(units.length, AMOUNT_LENGTH); // a sign byte more is zero
        System.arraycopy(units, units.length - length, amount, AMOUNT_LENGTH - length, length);
        return Keccak256.hash(PREFIX, channel.value().bytes(), nodeKey.bytes(), amount);
    }
}
