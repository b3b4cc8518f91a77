package org.flowshield.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class NetworkFileFuzzTest {

    @FuzzTest
    void a_file_is_a_network_or_refused(byte[] input) throws MalformedNetworkException {
        Network network;
        try {
            network = NetworkFile.parse("file", new String(input, StandardCharsets.UTF_8));
        } catch (MalformedNetworkException e) {
            assertThat(e.problems()).isNotEmpty();
            return;
        }
        assertThat(NetworkFile.parse("file", NetworkFile.format(network))).isEqualTo(network);
    }
}
