package org.flowshield.node.payment.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionSignerTest {

    @TempDir private Path folder;

    @Test
    void is_the_same_after_a_restart_and_readable_by_its_owner_alone() throws Exception {
        Path file = folder.resolve("signer.key");
        EvmAddress address;
        try (SessionSigner first = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            address = first.address();
        }
        try (SessionSigner again = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            assertThat(again.address()).isEqualTo(address);
            assertThat(again.sign(Parties.OFFER_HASH).isBy(address, Parties.OFFER_HASH)).isTrue();
            assertThat(Files.getPosixFilePermissions(file))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(again.toString())
                    .doesNotContain(HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        assertThat(folder).isDirectoryContaining("glob:**signer.key");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_that_others_can_read_is_not_used() throws Exception {
        Path file = folder.resolve("signer.key");
        SessionSigner.loadOrCreate(file, new SecureRandom()).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> SessionSigner.loadOrCreate(file, new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_file_that_holds_no_key_is_left_as_it_is() throws Exception {
        Path file = folder.resolve("signer.key");
        Files.write(file, new byte[33]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> SessionSigner.loadOrCreate(file, new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Restore it from a backup");
        assertThat(file).hasBinaryContent(new byte[33]);
    }

    @Test
    void signs_nothing_once_it_is_wiped() throws Exception {
        SessionSigner signer =
                SessionSigner.loadOrCreate(folder.resolve("signer.key"), new SecureRandom());
        signer.close();

        assertThatIllegalStateException().isThrownBy(() -> signer.sign(Parties.OFFER_HASH));
    }
}
