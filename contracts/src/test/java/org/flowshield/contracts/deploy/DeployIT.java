package org.flowshield.contracts.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.web3j.Contracts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeployIT {

    /** The first account of every development chain. */
    private static final String KEY =
            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\n";

    @TempDir private Path directory;

    @BeforeAll
    static void require() {
        Market.require();
    }

    @Test
    void writes_a_network_file_that_leads_to_the_contracts_and_does_not_write_it_again()
            throws Exception {
        Path keyFile = Files.writeString(directory.resolve("key"), KEY);
        Path file = directory.resolve("network.toml");
        try (Anvil anvil = Anvil.start(Market.binary(), AnvilOptions.DEFAULT)) {
            String[] arguments = {
                "--rpc", anvil.uri().toString(),
                "--chain-id", anvil.chain().toString(),
                "--key-file", keyFile.toString(),
                "--network-file", file.toString(),
                "--min-stake", "12.5",
            };
            assertThat(Deploy.run(arguments)).isZero();
            Network network = NetworkFile.read(file);
            try (RpcChain chain = Market.connect(network.rpcs().getFirst())) {
                Contracts contracts = Contracts.on(chain, network.contracts());
                assertThat(contracts.areDeployed(chain)).isTrue();
                assertThat(contracts.providers().minStake().decimal()).isEqualTo("12.5");
                long head = chain.head().number();
                assertThat(Deploy.run(arguments)).isEqualTo(1);
                assertThat(chain.head().number()).isEqualTo(head);
            }
        }
    }

    @Test
    void names_what_is_wrong_with_its_arguments() throws Exception {
        assertThat(Deploy.run(new String[] {})).isEqualTo(2);
        assertThat(Deploy.run(new String[] {"--key", "1"})).isEqualTo(2);
        assertThat(Deploy.run(new String[] {"--rpc"})).isEqualTo(2);
        Path keyFile = Files.writeString(directory.resolve("key"), "secret");
        String[] badKey =
                List.of(
                                "--rpc",
                                "http://127.0.0.1:1",
                                "--chain-id",
                                "1",
                                "--key-file",
                                keyFile.toString(),
                                "--network-file",
                                directory.resolve("n").toString())
                        .toArray(String[]::new);
        assertThat(Deploy.run(badKey)).isEqualTo(1);
    }
}
