package org.flowshield.node.wallet.agent;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.seed.Mnemonic;

/** A wallet of well-known words, guessed in no time, so that tests are fast. */
final class TestWallet {

    static final String WORDS = "test test test test test test test test test test test junk";
    static final String PASSWORD = "four little ponies";

    private static final ScryptCost LIGHT = new ScryptCost(16, 8, 1);

    private TestWallet() {}

    static Wallet at(Path folder) {
        return Wallet.at(folder, LIGHT, Clock.systemUTC(), new SecureRandom());
    }

    static Wallet create(Path folder) throws Exception {
        Wallet wallet = at(folder);
        try (Mnemonic mnemonic = Mnemonic.parse(WORDS.toCharArray());
                Password password = Password.of(PASSWORD.toCharArray())) {
            wallet.create(mnemonic, 1, password);
        }
        return wallet;
    }

    static DerivedKey derive(Wallet wallet, String text) throws Exception {
        try (Password password = Password.of(text.toCharArray())) {
            return wallet.derive(password);
        }
    }
}
