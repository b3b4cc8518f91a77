package org.flowshield.contracts.sending;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;

/** Whoever holds the key that transactions are signed with: perhaps another process. */
public interface TransactionSigner {

    EvmAddress address();

    Signature sign(Bytes32 digest);

    /** Signs with a key at hand, which must outlive the signer. */
    static TransactionSigner of(SigningKey key) {
        return new TransactionSigner() {
            @Override
            public EvmAddress address() {
                return key.address();
            }

            @Override
            public Signature sign(Bytes32 digest) {
                return key.sign(digest);
            }
        };
    }
}
