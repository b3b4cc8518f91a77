package org.flowshield.node.wallet.keystore;

import java.io.IOException;

/**
 * Where keys are made of passwords, which takes seconds and 256 MiB. Safe for use by any thread.
 */
public interface Derivation {

    /**
     * In this process, whose memory grows by it and may stay so: for programs that soon end, as the
     * command line's verbs do.
     */
    Derivation HERE =
            new Derivation() {
                @Override
                public DerivedKey derive(Kdf kdf, Password password) {
                    return kdf.derive(password);
                }

                @Override
                public long memory() {
                    return Runtime.getRuntime().maxMemory();
                }
            };

    /**
     * Makes the key; the caller closes it.
     *
     * @throws IOException if it can't be made there, whatever the password is
     */
    DerivedKey derive(Kdf kdf, Password password) throws IOException;

    /** How many bytes there are for it at most, as far as is known beforehand. */
    long memory();
}
