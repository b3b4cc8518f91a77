package org.flowshield.node.desk.wallet;

import org.flowshield.contracts.evm.EvmAddress;

/** The key of a keystore file from elsewhere. For one thread; wiped by {@link #close}. */
public interface OpenedKeystore extends AutoCloseable {

    EvmAddress address();

    /** How weakly its file is encrypted, in words; empty if that is as it should be. */
    String weakness();

    @Override
    void close();
}
