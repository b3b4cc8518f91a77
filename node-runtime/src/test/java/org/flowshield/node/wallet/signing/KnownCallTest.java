package org.flowshield.node.wallet.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KnownCallTest {

    private static final EvmAddress ANN = address(1);
    private static final EvmAddress BOB = address(2);
    private static final TokenAmount AMOUNT = TokenAmount.of(12_500_000_000L);
    private static final Instant TIME = Instant.ofEpochSecond(2_000_000_000L);
    private static final Caps CAPS = new Caps(AMOUNT, TokenAmount.of(7), TIME);

    static Stream<KnownCall> calls() {
        return Stream.of(
                new KnownCall.Transfer(ANN, AMOUNT),
                new KnownCall.Approve(ANN, AMOUNT),
                new KnownCall.Deposit(ANN, AMOUNT),
                new KnownCall.DepositWithPermit(ANN, AMOUNT, TIME, permit().signature()),
                new KnownCall.Withdraw(BOB, AMOUNT),
                new KnownCall.Authorise(BOB, CAPS),
                new KnownCall.Authorise(BOB, Caps.NONE),
                new KnownCall.SetOperator(BOB, true),
                new KnownCall.SetOperator(BOB, false));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void what_is_written_is_read_as_itself(KnownCall call) throws Exception {
        assertThat(KnownCall.parse(call.encode())).isEqualTo(call);
    }

    @Test
    void calls_are_written_as_the_contracts_have_them() {
        ContractAddresses at = new ContractAddresses(ANN, ANN, ANN, ANN, ANN, ANN, ANN, ANN);
        try (RpcChain chain =
                RpcChain.of(
                        new ChainId(31337),
                        List.of(URI.create("http://127.0.0.1:1")),
                        RpcLimits.DEFAULT)) {
            Contracts contracts = Contracts.on(chain, at);
            ChannelCalls channels = contracts.channels().calls();
            List<Call> theirs =
                    List.of(
                            contracts.token().transfer(ANN, AMOUNT),
                            contracts.token().approve(ANN, AMOUNT),
                            channels.deposit(ANN, AMOUNT),
                            channels.depositWithPermit(ANN, AMOUNT, permit()),
                            channels.withdraw(BOB, AMOUNT),
                            channels.authorise(BOB, CAPS),
                            channels.authorise(BOB, Caps.NONE),
                            channels.setOperator(BOB, true),
                            channels.setOperator(BOB, false));
            assertThat(calls().map(KnownCall::encode))
                    .containsExactlyElementsOf(theirs.stream().map(Call::data).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void says_the_amount_and_who_gets_it(KnownCall call) {
        assertThat(call.summary().lines())
                .extracting(Summary.Line::label)
                .contains("amount")
                .containsAnyOf("to", "taken by", "purse of", "signer", "operator");
        assertThat(call.summary().lines())
                .extracting(Summary.Line::value)
                .containsAnyOf(ANN.toString(), BOB.toString());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refuses_what_is_cut_off_or_goes_on(KnownCall call) {
        byte[] good = call.encode();
        assertMalformed(Arrays.copyOf(good, good.length - 1), Reason.ARGUMENTS);
        assertMalformed(Arrays.copyOf(good, good.length + 1), Reason.ARGUMENTS);
        assertMalformed(Arrays.copyOf(good, good.length + 32), Reason.ARGUMENTS);
    }

    @Test
    void refuses_an_address_with_something_in_front_of_it() {
        byte[] transfer = new KnownCall.Transfer(ANN, AMOUNT).encode();
        transfer[4] = 1;
        assertMalformed(transfer, Reason.ARGUMENTS);
    }

    @Test
    void refuses_to_let_somebody_take_everything_for_ever() {
        byte[] approve = new KnownCall.Approve(ANN, AMOUNT).encode();
        Arrays.fill(approve, 36, 68, (byte) 0xff);
        assertMalformed(approve, Reason.ARGUMENTS);
    }

    @Test
    void refuses_what_it_does_not_know() {
        assertMalformed(new byte[0], Reason.UNKNOWN_CALL);
        assertMalformed(new byte[] {1, 2, 3}, Reason.UNKNOWN_CALL);
        byte[] transferFrom = new byte[100];
        System.arraycopy(new byte[] {0x23, (byte) 0xb8, 0x72, (byte) 0xdd}, 0, transferFrom, 0, 4);
        assertMalformed(transferFrom, Reason.UNKNOWN_CALL);
    }

    private static void assertMalformed(byte[] data, Reason reason) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> KnownCall.parse(data))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static SignedPermit permit() {
        byte[] secret = new byte[32];
        secret[31] = 9;
        try (SigningKey key = SigningKey.of(secret)) {
            Signature signature = key.sign(Bytes32.ZERO);
            return new SignedPermit(
                    new Permit(key.address(), ANN, AMOUNT, BigInteger.ZERO, TIME), signature);
        } catch (org.flowshield.contracts.signing.MalformedKeyException e) {
            throw new AssertionError(e);
        }
    }

    private static EvmAddress address(int last) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = (byte) 0xab;
        bytes[EvmAddress.LENGTH - 1] = (byte) last;
        return new EvmAddress(bytes);
    }
}
