package org.flowshield.node.desk.local;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.desk.wallet.OpenedKeystore;

/** A key from elsewhere, wiped unless a wallet has taken it. */
final class ImportedKey implements OpenedKeystore {

    private final SigningKey key;
    private final String weakness;
    private boolean kept;

    ImportedKey(SigningKey key, String weakness) {
        this.key = key;
        this.weakness = weakness;
    }

    SigningKey key() {
        return key;
    }

    /** An open wallet has it, and closes it. */
    void isKept() {
        kept = true;
    }

    @Override
    public EvmAddress address() {
        return key.address();
    }

    @Override
    public String weakness() {
        return weakness;
    }

    @Override
    public void close() {
        if (!kept) {
            key.close();
        }
    }
}
