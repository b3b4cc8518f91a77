package org.flowshield.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.contracts.chain.ContractError;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ContractErrorsTest {

    @Test
    void every_error_of_every_contract_has_a_sentence() throws IOException {
        List<String> without = new ArrayList<>();
        int errors = 0;
        try (var files = Files.newDirectoryStream(Path.of("abi"), "*.json")) {
            for (Path file : files) {
                for (JsonNode entry : JsonMapper.shared().readTree(file)) {
                    if (!entry.path("type").asString().equals("error")) {
                        continue;
                    }
                    errors++;
                    String signature = signature(entry);
                    if (!ContractErrors.knows(signature)) {
                        without.add(file.getFileName() + ": " + signature);
                    }
                }
            }
        }
        assertThat(errors).isGreaterThan(50);
        assertThat(without).isEmpty();
    }

    private static String signature(JsonNode entry) {
        return entry.path("name").asString()
                + entry.path("inputs")
                        .valueStream()
                        .map(input -> input.path("type").asString())
                        .collect(Collectors.joining(",", "(", ")"));
    }

    @Test
    void says_what_is_there_and_what_is_needed() {
        byte[] data =
                data(
                        "PurseTooSmall(address,uint96,uint96)",
                        new Words(3)
                                .put(EvmAddress.ZERO)
                                .put(TokenAmount.of(1))
                                .put(TokenAmount.of(2)));
        Rejection rejection = ContractErrors.rejection(data);
        assertThat(rejection.kind()).isEqualTo(Rejection.Kind.CONTRACT);
        assertThat(rejection.message())
                .contains("0.000000000000000001 FLOW free and 0.000000000000000002 FLOW are needed")
                .endsWith("Nothing was sent");
        assertThat(rejection.error())
                .contains(
                        new ContractError(
                                "PurseTooSmall", List.of(EvmAddress.ZERO.toString(), "1", "2")));
    }

    @Test
    void shows_the_contracts_own_text_if_it_is_printable() {
        byte[] text = "too late\u0000\u001b".getBytes(StandardCharsets.UTF_8);
        Words words = new Words(3).put(32L).put((long) text.length);
        byte[] padded = new byte[32];
        System.arraycopy(text, 0, padded, 0, text.length);
        words.put(new org.flowshield.contracts.evm.Bytes32(padded));
        assertThat(ContractErrors.rejection(data("Error(string)", words)).message())
                .contains("refuses: too late.");
    }

    @Test
    void knows_no_selector_and_shows_none() {
        byte[] data = HexFormat.of().parseHex("deadbeef");
        assertThat(ContractErrors.rejection(data).message())
                .contains("does not know")
                .doesNotContain("deadbeef");
        assertThat(ContractErrors.rejection(new byte[0]).message()).contains("does not say why");
    }

    @Test
    void does_not_trust_short_data() {
        byte[] data = data("PurseTooSmall(address,uint96,uint96)", new Words(1).put(1L));
        assertThat(ContractErrors.rejection(data).error()).isEmpty();
    }

    private static byte[] data(String signature, Words words) {
        byte[] selector = HexFormat.of().parseHex(ContractErrors.selector(signature));
        byte[] arguments = words.bytes();
        byte[] data = new byte[selector.length + arguments.length];
        System.arraycopy(selector, 0, data, 0, selector.length);
        System.arraycopy(arguments, 0, data, selector.length, arguments.length);
        return data;
    }
}
