package org.flowshield.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.web3j.protocol.Service;

/** Whatever an RPC answers is a value, the chain's refusal, or the RPC's trouble: nothing else. */
final class RpcAnswersFuzzTest {

    private static final EvmAddress ADDRESS = EvmAddress.ZERO;
    private static final TransactionHash HASH = new TransactionHash(Bytes32.ZERO);

    @FuzzTest(maxDuration = "20s")
    void any_answer_is_understood_or_refused(byte[] input) {
        ask(input);
    }

    /** The same with a frame that is sound, so that what is inside is reached. */
    @FuzzTest(maxDuration = "20s")
    void any_result_is_understood_or_refused(byte[] input) {
        ask(framed("result", input));
    }

    @FuzzTest(maxDuration = "20s")
    void any_error_is_understood_or_refused(byte[] input) {
        ask(framed("error", input));
    }

    @FuzzTest
    void any_revert_data_is_put_into_words(byte[] input) {
        assertThat(ContractErrors.rejection(input).message()).isNotBlank();
    }

    private static byte[] framed(String field, byte[] input) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":@ID@,\""
                        + field
                        + "\":"
                        + new String(input, StandardCharsets.UTF_8)
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private interface Question {
        Object ask() throws RpcException, RejectedException;
    }

    private static void ask(byte[] answer) {
        try (RpcChain chain = RpcChain.of(new ChainId(1), new Canned(answer))) {
            Call call = Call.of(ADDRESS, new byte[4], "reads");
            LogQuery query = LogQuery.of(ADDRESS);
            for (Question question :
                    List.<Question>of(
                            chain::head,
                            () -> chain.blockHash(1),
                            () -> chain.balance(ADDRESS),
                            () -> chain.hasCode(ADDRESS),
                            () -> chain.pendingNonce(ADDRESS),
                            () -> chain.feeHistory(1),
                            () -> chain.estimateGas(ADDRESS, call),
                            () -> chain.ask(ADDRESS, call),
                            () -> chain.knows(HASH),
                            () -> chain.receipt(HASH),
                            () -> chain.logs(query, 1, 1),
                            () -> {
                                chain.submit(new byte[1], HASH);
                                return "taken";
                            })) {
                try {
                    assertThat(question.ask()).isNotNull();
                } catch (RpcException | RejectedException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    /** Answers always the same, with the id that was asked with. */
    private static final class Canned extends Service {

        private final byte[] answer;

        Canned(byte[] answer) {
            super(false);
            this.answer = answer;
        }

        @Override
        protected InputStream performIO(String payload) throws IOException {
            String id = payload.replaceFirst("(?s).*\"id\":([0-9]+).*", "$1");
            return new ByteArrayInputStream(
                    new String(answer, StandardCharsets.ISO_8859_1)
                            .replace("@ID@", id)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
