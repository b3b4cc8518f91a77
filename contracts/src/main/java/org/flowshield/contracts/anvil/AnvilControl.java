package org.flowshield.contracts.anvil;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a development chain lets its developers do. Safe for use by any thread. */
public final class AnvilControl {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    AnvilControl(URI uri) {
        this.uri = uri;
    }

    URI uri() {
        return uri;
    }

    public void setBalance(EvmAddress address, Wei amount) throws IOException {
        ask("anvil_setBalance", address.toString(), hex(amount.units().toString(16)));
    }

    /** Makes blocks at once. */
    public void mine(int blocks) throws IOException {
        ask("anvil_mine", hex(Integer.toHexString(blocks)));
    }

    /** Whether each transaction gets a block at once. */
    public void setAutomine(boolean on) throws IOException {
        ask("evm_setAutomine", on);
    }

    /** Lets time pass, and makes a block. */
    public void pass(Duration time) throws IOException {
        ask("evm_increaseTime", time.toSeconds());
        mine(1);
    }

    /** Replaces the last blocks by empty ones: their transactions are gone. */
    public void reorganise(int depth) throws IOException {
        ask("anvil_reorg", depth, List.of());
    }

    /** Remembers the chain as it is. */
    public String snapshot() throws IOException {
        return ask("evm_snapshot").asString();
    }

    /** Goes back to what was remembered. */
    public void revert(String snapshot) throws IOException {
        ask("evm_revert", snapshot);
    }

    /** Forgets a transaction that waits. */
    public void drop(TransactionHash hash) throws IOException {
        ask("anvil_dropTransaction", hash.toString());
    }

    /** The least that a unit of gas costs in the next block, burnt. */
    public void setNextBaseFee(Wei fee) throws IOException {
        ask("anvil_setNextBlockBaseFeePerGas", hex(fee.units().toString(16)));
    }

    private static String hex(String digits) {
        return "0x" + digits;
    }

    /** Any request; the result of its answer. */
    public JsonNode ask(String method, Object... parameters) throws IOException {
        String payload =
                JSON.writeValueAsString(
                        Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(ANSWER_WITHIN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(payload))
                        .build();
        JsonNode answer;
        try {
            answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking anvil", e);
        }
        if (answer.has("error")) {
            throw new IOException(
                    "anvil refuses "
                            + method
                            + ": "
                            + answer.path("error").path("message").asString());
        }
        return answer.path("result");
    }
}
