package org.flowshield.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.chain.RpcException.Kind;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.lab.FaultyRpc;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** RPCs that are down, stall, lie or talk nonsense: none of it looks like a refusal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RpcIT {

    private static final ChainId CHAIN = new ChainId(31337);

    private Anvil anvil;
    private FaultyRpc faulty;
    private final SigningKey key = Anvil.account(5);

    @BeforeAll
    void start() throws Exception {
        Market.require();
        anvil = Anvil.start(Market.binary(), AnvilOptions.DEFAULT);
        faulty = new FaultyRpc(anvil.uri());
    }

    @AfterAll
    void stop() {
        if (faulty != null) {
            faulty.close();
        }
        if (anvil != null) {
            anvil.close();
        }
        key.close();
    }

    @Test
    void an_rpc_that_is_down_is_unreachable() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(nobody), RpcLimits.DEFAULT)) {
            RpcException e = trouble(chain::head);
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e).hasMessageContaining("can't be reached");
        }
        // With another one in the network file it does not matter.
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(nobody, anvil.uri()), RpcLimits.DEFAULT)) {
            assertThat(chain.head().number()).isNotNegative();
        }
    }

    @Test
    void an_rpc_that_stalls_times_out_and_the_next_is_asked() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RpcLimits short_ = RpcLimits.DEFAULT.withAnswer(Duration.ofMillis(300));
        try (FaultyRpc stalled = new FaultyRpc(anvil.uri());
                RpcChain alone = RpcChain.of(CHAIN, List.of(stalled.uri()), short_);
                RpcChain withAnother =
                        RpcChain.of(
                                CHAIN,
                                List.of(stalled.uri(), anvil.uri()),
                                RpcLimits.DEFAULT.withAnswer(Duration.ofSeconds(2)))) {
            stalled.set(
                    (_, _, _) -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return "503";
                    });
            assertThat(trouble(alone::head).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(withAnother.head().number()).isNotNegative();
        } finally {
            never.countDown();
        }
    }

    @Test
    void an_rpc_of_another_chain_is_not_used() throws Exception {
        try (RpcChain chain =
                RpcChain.of(new ChainId(1), List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            RpcException e = trouble(chain::head);
            assertThat(e.kind()).isEqualTo(Kind.WRONG_CHAIN);
            assertThat(e)
                    .hasMessageContaining("is of chain 31337, the network file names chain 1")
                    .hasMessageNotContaining("secret-key");
        }
    }

    @Test
    void a_number_that_no_chain_has_is_neither_read_nor_told() throws Exception {
        String long_ = "0x1" + "0".repeat(1_000_000);
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.change("eth_chainId", answer -> answer.replace("0x7a69", long_));
            RpcException e = trouble(chain::head);
            assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(e.getMessage())
                    .endsWith("does not say which chain it is of")
                    .hasSizeLessThan(200);
        } finally {
            faulty.set(FaultyRpc.NONE);
        }
    }

    @Test
    void other_rpcs_are_asked_from_now_on_and_must_be_of_the_chain() throws Exception {
        try (Anvil second = Anvil.start(Market.binary(), AnvilOptions.DEFAULT);
                Anvil other =
                        Anvil.start(
                                Market.binary(),
                                AnvilOptions.DEFAULT.withChain(new ChainId(4242)));
                RpcChain chain = RpcChain.of(CHAIN, List.of(anvil.uri()), RpcLimits.DEFAULT)) {
            long first = chain.head().number();
            int ahead = Math.toIntExact(first) + 200;
            chain.use(List.of(second.uri()));
            second.control().mine(ahead);
            assertThat(chain.head().number()).isEqualTo(ahead);

            chain.use(List.of(other.uri()));
            assertThat(trouble(chain::head).kind()).isEqualTo(Kind.WRONG_CHAIN);

            // It is behind by more than a reorganisation, and no liar for what another one said.
            chain.use(List.of(anvil.uri()));
            assertThat(chain.head().number()).isEqualTo(first);
            assertThatThrownBy(() -> chain.use(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(chain.head().number()).isEqualTo(first);
        }
    }

    @Test
    void errors_of_http_and_limits_are_told_apart() throws Exception {
        assertThat(troubleWhen((_, _, _) -> "503").kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(troubleWhen((_, _, _) -> "429").kind()).isEqualTo(Kind.LIMITED);
        assertThat(
                        troubleWhen(
                                        answering(
                                                "{\"jsonrpc\":\"2.0\",\"id\":@,\"error\":"
                                                        + "{\"code\":-32005,\"message\":\"slow down\"}}"))
                                .kind())
                .isEqualTo(Kind.LIMITED);
        assertThat(troubleWhen(answering("<html>hello</html>")).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(troubleWhen(answering("{\"jsonrpc\":\"2.0\",\"id\":@}")).kind())
                .isEqualTo(Kind.MALFORMED);
        assertThat(troubleWhen(answering("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":null}")).kind())
                .isEqualTo(Kind.MALFORMED);
        assertThat(troubleWhen(answering("[" + " ".repeat(5 << 20) + "]")))
                .hasMessageContaining("which no answer to us has");
    }

    @Test
    void a_head_that_goes_back_far_is_a_lie() throws Exception {
        anvil.control().mine(200);
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            assertThat(chain.head().number()).isGreaterThanOrEqualTo(200);
            faulty.change(
                    "eth_getBlockByNumber",
                    answer -> answer.replaceFirst("\"number\":\"[^\"]*\"", "\"number\":\"0x1\""));
            RpcException e = trouble(chain::head);
            assertThat(e.kind()).isEqualTo(Kind.LYING);
            assertThat(e).hasMessageContaining("Do not believe it about money");
            assertThat(trouble(() -> chain.blockHash(5)).kind()).isEqualTo(Kind.LYING);
        }
    }

    @Test
    void a_receipt_of_another_transaction_is_a_lie() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            Sender sender =
                    new Sender(chain, TransactionSigner.of(key), Market.SETTINGS, Time.SYSTEM);
            Sent sent = sender.send(Call.pay(key.address(), Wei.of(1), "pays itself"));
            assertThat(sender.await(sent, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
            faulty.change(
                    "eth_getTransactionReceipt",
                    answer -> answer.replace(sent.hash().toString(), Bytes32.ZERO.toString()));
            assertThat(trouble(() -> chain.receipt(sent.hash())).kind()).isEqualTo(Kind.LYING);
            assertThat(trouble(() -> sender.await(sent, Progress.SILENT)).kind())
                    .isEqualTo(Kind.LYING);
            // A receipt of a block that is not in the chain.
            faulty.change(
                    "eth_getTransactionReceipt",
                    answer ->
                            answer.replaceAll(
                                    "\"blockHash\":\"[^\"]*\"",
                                    "\"blockHash\":\"" + Bytes32.ZERO + "\""));
            RpcException e = trouble(() -> sender.await(sent, Progress.SILENT));
            assertThat(e.kind()).isEqualTo(Kind.LYING);
            assertThat(e).hasMessageContaining("in a block that is not in its chain");
        }
    }

    @Test
    void a_transaction_that_the_rpc_names_otherwise_is_a_lie() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            Sender sender =
                    new Sender(chain, TransactionSigner.of(key), Market.SETTINGS, Time.SYSTEM);
            Sent sent = sender.sign(sender.preview(Call.pay(key.address(), Wei.of(2), "pays")));
            faulty.change(
                    "eth_sendRawTransaction",
                    answer -> answer.replace(sent.hash().toString(), Bytes32.ZERO.toString()));
            assertThat(trouble(() -> sender.submit(sent)).kind()).isEqualTo(Kind.LYING);
            faulty.set(FaultyRpc.NONE);
            assertThat(sender.await(sent, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
        }
    }

    @Test
    void a_transaction_whose_answer_was_lost_is_found_and_counts_once() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            Sender sender =
                    new Sender(chain, TransactionSigner.of(key), Market.SETTINGS, Time.SYSTEM);
            long before = chain.minedNonce(key.address());
            faulty.set(
                    (method, request, upstream) -> {
                        String answer = upstream.ask(request);
                        return method.equals("eth_sendRawTransaction") ? "503" : answer;
                    });
            Outcome outcome =
                    sender.execute(Call.pay(key.address(), Wei.of(3), "pays"), Progress.SILENT);
            assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
            assertThat(chain.minedNonce(key.address())).isEqualTo(before + 1);
        }
    }

    @Test
    void while_the_rpc_is_down_an_outcome_is_unknown_and_never_refused() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(FaultyRpc.NONE);
            Sender sender =
                    new Sender(
                            chain,
                            TransactionSigner.of(key),
                            Market.SETTINGS.withPatience(Duration.ofMillis(200)),
                            Time.SYSTEM);
            Sent sent = sender.send(Call.pay(key.address(), Wei.of(4), "pays"));
            faulty.set((_, _, _) -> "503");
            Outcome outcome = sender.await(sent, Progress.SILENT);
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(((Outcome.Unknown) outcome).message())
                    .contains("it may still happen")
                    .contains("does not serve us");
        }
    }

    @Test
    void events_are_asked_for_in_smaller_ranges_where_an_rpc_finds_too_much() throws Exception {
        anvil.control().mine(50);
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            long head = chain.head().number();
            faulty.set(
                    (method, request, upstream) -> {
                        boolean wide =
                                method.equals("eth_getLogs")
                                        && !request.matches("(?s).*\"fromBlock\":\"0x[0-9a-f]\".*");
                        return wide
                                ? "{\"jsonrpc\":\"2.0\",\"id\":"
                                        + id(request)
                                        + ",\"error\":{\"code\":-32602,\"message\":\"too wide\"}}"
                                : upstream.ask(request);
                    });
            var query = org.flowshield.contracts.chain.LogQuery.of(key.address());
            assertThat(chain.logs(query, 0, 15)).isEmpty();
            RpcException e = trouble(() -> chain.logs(query, 16, head));
            assertThat(e).hasMessageContaining("too wide");
        }
    }

    @Test
    void an_unknown_transaction_is_neither_known_nor_lied_about() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(anvil.uri()), RpcLimits.DEFAULT)) {
            TransactionHash unknown = new TransactionHash(Bytes32.ZERO);
            assertThat(chain.knows(unknown)).isFalse();
            assertThat(chain.receipt(unknown)).isEmpty();
            assertThat(chain.blockHash(1_000_000_000)).isEmpty();
        }
    }

    private RpcException troubleWhen(FaultyRpc.Fault fault) {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(faulty.uri()), RpcLimits.DEFAULT)) {
            faulty.set(
                    (method, request, upstream) ->
                            method.equals("eth_chainId")
                                    ? upstream.ask(request)
                                    : fault.answer(method, request, upstream));
            return trouble(chain::head);
        } finally {
            faulty.set(FaultyRpc.NONE);
        }
    }

    private static FaultyRpc.Fault answering(String answer) {
        return (_, request, _) -> answer.replace("@", id(request));
    }

    private static String id(String request) {
        return request.replaceFirst("(?s).*\"id\":([0-9]+).*", "$1");
    }

    private static RpcException trouble(ThrowingCallable asked) {
        RpcException e = catchThrowableOfType(RpcException.class, asked);
        assertThat(e).as("trouble was expected").isNotNull();
        return e;
    }

    @Test
    void a_refusal_is_no_trouble() throws Exception {
        try (RpcChain chain = RpcChain.of(CHAIN, List.of(anvil.uri()), RpcLimits.DEFAULT);
                SigningKey poor = SigningKey.generate(new java.security.SecureRandom())) {
            Sender sender =
                    new Sender(chain, TransactionSigner.of(poor), Market.SETTINGS, Time.SYSTEM);
            RejectedException e =
                    catchThrowableOfType(
                            RejectedException.class,
                            () -> sender.preview(Call.pay(key.address(), Wei.of(1), "pays")));
            assertThat(e.rejection().kind())
                    .isEqualTo(org.flowshield.contracts.chain.Rejection.Kind.GAS_COIN_MISSING);
        }
    }
}
