package org.flowshield.node.payment;

import java.nio.charset.StandardCharsets;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.tunnel.control.SessionToken;

/**
 * What a channel's signer signs to use it in a session: whoever knows the channel from the chain
 * alone can't, and what was said to one provider proves nothing to another, nor later.
 */
public final class BeginProof {

    /** No digest of EIP-712 and no transaction begins like this. */
    private static final byte[] PREFIX =
            "flowshield payment begin 1\n".getBytes(StandardCharsets.US_ASCII);

    private BeginProof() {}

    public static Bytes32 digest(
            ChannelId channel, SessionToken token, Bytes32 nodeKey, Bytes32 offerHash) {
        return Keccak256.hash(
                PREFIX,
                channel.value().bytes(),
                token.encode(),
                nodeKey.bytes(),
                offerHash.bytes());
    }
}
