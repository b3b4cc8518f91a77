package org.flowshield.contracts.anvil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AnvilIT {

    @TempDir private Path directory;

    @BeforeAll
    static void require() {
        Market.require();
    }

    @Test
    void keeps_its_state_over_a_restart() throws Exception {
        AnvilOptions options =
                AnvilOptions.DEFAULT
                        .withChain(new ChainId(4242))
                        .withState(directory.resolve("chain.json"));
        EvmAddress somebody =
                new EvmAddress(
                        new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
                        });
        try (Anvil anvil = Anvil.start(Market.binary(), options)) {
            anvil.give(somebody, Wei.of(42));
            anvil.control().mine(3);
        }
        try (Anvil anvil = Anvil.start(Market.binary(), options);
                RpcChain chain =
                        RpcChain.of(anvil.chain(), List.of(anvil.uri()), RpcLimits.DEFAULT)) {
            assertThat(chain.balance(somebody)).isEqualTo(Wei.of(42));
            assertThat(chain.head().number()).isEqualTo(3);
        }
    }

    @Test
    void ends_with_whoever_started_it_even_if_that_is_killed() throws Exception {
        Process starter =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AnvilStarter.class.getName(),
                                Market.binary().toString())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = starter.inputReader()) {
            String line = output.readLine();
            assertThat(line).startsWith("started ");
            ProcessHandle leash =
                    ProcessHandle.of(Long.parseLong(line.substring("started ".length())))
                            .orElseThrow();
            List<ProcessHandle> all = leash.descendants().toList();
            assertThat(all).isNotEmpty();
            starter.destroyForcibly().waitFor();
            leash.onExit().get();
            for (ProcessHandle process : all) {
                process.onExit().get();
            }
        } finally {
            starter.destroyForcibly();
        }
    }

    /** A process of its own that starts a chain and waits to be killed. */
    static final class AnvilStarter {

        public static void main(String[] arguments) throws Exception {
            Anvil anvil = Anvil.start(Path.of(arguments[0]), AnvilOptions.DEFAULT);
            System.out.println("started " + anvil.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void tells_what_anvil_said_when_it_does_not_start() throws Exception {
        Path broken = directory.resolve("chain.json");
        Files.writeString(broken, "no state");
        assertThatThrownBy(
                        () -> Anvil.start(Market.binary(), AnvilOptions.DEFAULT.withState(broken)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("anvil did not start; it said:");
    }

    @Test
    void says_how_to_install_it() {
        assertThatThrownBy(() -> Anvil.start(directory.resolve("anvil"), AnvilOptions.DEFAULT))
                .hasMessage("anvil is not installed; run ./dev setup");
    }
}
