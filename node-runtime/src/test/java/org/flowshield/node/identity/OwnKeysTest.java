package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnKeysTest {

    @TempDir private Path folder;
    private OwnKeys keys;

    @BeforeEach
    void open() {
        keys = OwnKeys.in(folder.resolve("node.key"));
    }

    @Test
    void the_wallet_that_was_chosen_last_is_remembered() throws Exception {
        assertThat(keys.chosenWallet()).isEmpty();
        EvmAddress second = EvmAddress.parse("0x" + "22".repeat(EvmAddress.LENGTH));
        keys.chooseWallet(EvmAddress.parse("0x" + "11".repeat(EvmAddress.LENGTH)));
        keys.chooseWallet(second);
        assertThat(keys.chosenWallet()).contains(second);
    }

    @Test
    void a_wallet_file_that_a_power_cut_left_empty_or_torn_keeps_no_node_from_starting()
            throws Exception {
        for (String left : new String[] {"", "0x2222", "\0\0\0\0\0\0\0\0"}) {
            Files.writeString(keys.wallet(), left);
            assertThat(keys.chosenWallet()).as(left).isEmpty();
        }
        EvmAddress again = EvmAddress.parse("0x" + "22".repeat(EvmAddress.LENGTH));
        keys.chooseWallet(again);
        assertThat(keys.chosenWallet()).contains(again);
    }

    @Test
    void the_key_that_follows_takes_the_place_of_the_other() throws Exception {
        SecureRandom random = new SecureRandom();
        KeyFile.loadOrCreate(keys.key(), random).close();
        NodeKey next;
        try (PrivateKey key = KeyFile.loadOrCreate(keys.next(), random)) {
            next = NodeKey.of(key.publicKey()).orElseThrow();
        }
        assertThat(keys.nextKey()).contains(next);
        keys.replace();
        assertThat(keys.nextKey()).isEmpty();
        try (PrivateKey key = KeyFile.load(keys.key())) {
            assertThat(NodeKey.of(key.publicKey())).contains(next);
        }
    }
}
