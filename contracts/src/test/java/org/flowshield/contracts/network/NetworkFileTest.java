package org.flowshield.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkFileTest {

    private static final Network NETWORK =
            new Network(
                    "a \"test\" net",
                    new ChainId(31337),
                    List.of(
                            URI.create("http://127.0.0.1:8545/key"),
                            URI.create("https://rpc.example")),
                    "ETH",
                    2,
                    17,
                    new ContractAddresses(at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)),
                    List.of("/ip4/127.0.0.1/tcp/4001"),
                    URI.create("https://faucet.example"));

    @TempDir private Path directory;

    private static EvmAddress at(int last) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[EvmAddress.LENGTH - 1] = (byte) last;
        return new EvmAddress(bytes);
    }

    @Test
    void reads_what_it_writes() throws Exception {
        Path file = directory.resolve("network.toml");
        NetworkFile.write(NETWORK, file);
        assertThat(NetworkFile.read(file)).isEqualTo(NETWORK);
        assertThat(NETWORK.channelDomain().contract()).isEqualTo(at(2));
    }

    @Test
    void does_not_write_over_a_file() throws Exception {
        Path file = directory.resolve("network.toml");
        NetworkFile.write(NETWORK, file);
        assertThatThrownBy(() -> NetworkFile.write(NETWORK, file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void shows_no_rpc() {
        assertThat(NETWORK.toString()).doesNotContain("8545").doesNotContain("key");
    }

    @Test
    void has_defaults_for_what_may_be_left_out() throws Exception {
        String text =
                NetworkFile.format(NETWORK)
                        .lines()
                        .filter(
                                line ->
                                        !line.matches(
                                                "(gas-symbol|confirmations|first-block|bootstrap|faucet) .*"))
                        .reduce("", (a, b) -> a + b + "\n");
        Network network = NetworkFile.parse("net.toml", text);
        assertThat(network.gasSymbol()).isEqualTo("ETH");
        assertThat(network.confirmations()).isEqualTo(3);
        assertThat(network.bootstrap()).isEmpty();
        assertThat(network.faucet()).isEmpty();
    }

    @Test
    void names_each_field_that_is_wrong_and_what_is_allowed() {
        String text =
                NetworkFile.format(NETWORK)
                        .replace("chain-id = 31337", "chain-id = 0")
                        .replaceFirst("rpc = .*", "rpc = [\"ftp://x\"]")
                        .replaceFirst("flow-token = .*\n", "")
                        .replaceFirst("stake-vault = .*", "stake-vault = \"0x12\"")
                        .replaceFirst("confirmations", "confirmation");
        MalformedNetworkException e =
                catchThrowableOfType(
                        MalformedNetworkException.class, () -> NetworkFile.parse("net.toml", text));
        assertThat(e.problems())
                .containsExactlyInAnyOrder(
                        "net.toml: confirmation is no field of a network file",
                        "net.toml: chain-id must be a whole number from 1 on",
                        "net.toml: rpc must be a URL that begins with http:// or https://",
                        "net.toml: contracts.flow-token is missing: the address of that contract,"
                                + " 0x and 40 digits",
                        "net.toml: contracts.stake-vault must be an address: this is no address: it"
                                + " has 2 digits after 0x, an address has 40. Copy it again whole");
    }

    @Test
    void says_in_which_line_it_is_no_toml() {
        assertThatThrownBy(() -> NetworkFile.parse("net.toml", "name = \n"))
                .isInstanceOf(MalformedNetworkException.class)
                .hasMessageContaining("net.toml:1: not TOML");
    }
}
