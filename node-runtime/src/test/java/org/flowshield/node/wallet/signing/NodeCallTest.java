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
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls by which a wallet has nodes, a stake and a place in the market. */
final class NodeCallTest {

    private static final EvmAddress VAULT = new EvmAddress(filled(EvmAddress.LENGTH, 7));
    private static final Bytes32 OLD = new Bytes32(filled(32, 1));
    private static final Bytes32 NEW = new Bytes32(filled(32, 2));
    private static final Bytes32 HASH = new Bytes32(filled(32, 3));
    private static final byte[] PROOF = filled(64, 4);
    private static final long ROLES = Roles.bits(Roles.PROVIDER, Roles.FULLNODE);
    private static final TokenAmount AMOUNT = TokenAmount.of(12_500_000_000L);
    private static final Instant TIME = Instant.ofEpochSecond(2_000_000_000L);
    private static final String URI_OF = "ipfs://bafy";

    static Stream<KnownCall> calls() {
        return Stream.of(
                new IdentityCall.Bind(OLD, PROOF, ROLES),
                new IdentityCall.Rotate(OLD, NEW, PROOF),
                new IdentityCall.Revoke(OLD),
                new IdentityCall.SetAttribute(OLD, NEW, HASH),
                new ProviderCall.Register(OLD, HASH, URI_OF),
                new ProviderCall.Register(OLD, Bytes32.ZERO, ""),
                new ProviderCall.Update(NEW, HASH, "x".repeat(CallArguments.MAX_BYTES)),
                new ProviderCall.Exit(),
                new StakeCall.Add(StakeKind.PROVIDER, AMOUNT),
                new StakeCall.AddWithPermit(StakeKind.PROVIDER, AMOUNT, TIME, permit().signature()),
                new StakeCall.RequestUnstake(StakeKind.VERIFIER, AMOUNT),
                new StakeCall.Withdraw(StakeKind.PROVIDER));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void what_is_written_is_read_as_itself(KnownCall call) throws Exception {
        assertThat(KnownCall.parse(call.encode())).isEqualTo(call);
    }

    @Test
    void calls_are_written_as_the_contracts_have_them() {
        ContractAddresses at =
                new ContractAddresses(VAULT, VAULT, VAULT, VAULT, VAULT, VAULT, VAULT, VAULT);
        try (RpcChain chain =
                RpcChain.of(
                        new ChainId(31337),
                        List.of(URI.create("http://127.0.0.1:1")),
                        RpcLimits.DEFAULT)) {
            Contracts contracts = Contracts.on(chain, at);
            IdentityRegistry identities = contracts.identities();
            ProviderRegistry providers = contracts.providers();
            StakeVault stakes = contracts.vault();
            List<Call> theirs =
                    List.of(
                            identities.bind(OLD, PROOF, ROLES),
                            identities.rotate(OLD, NEW, PROOF),
                            identities.revoke(OLD),
                            identities.setAttribute(OLD, NEW, HASH),
                            providers.register(OLD, HASH, URI_OF),
                            providers.register(OLD, Bytes32.ZERO, ""),
                            providers.update(NEW, HASH, "x".repeat(CallArguments.MAX_BYTES)),
                            providers.exit(),
                            stakes.stake(StakeKind.PROVIDER, AMOUNT),
                            stakes.stakeWithPermit(StakeKind.PROVIDER, AMOUNT, permit()),
                            stakes.requestUnstake(StakeKind.VERIFIER, AMOUNT),
                            stakes.withdraw(StakeKind.PROVIDER));
            assertThat(calls().map(KnownCall::encode))
                    .containsExactlyElementsOf(theirs.stream().map(Call::data).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void says_what_becomes_of_money_and_of_which_node(KnownCall call) {
        assertThat(call.summary().lines())
                .extracting(Summary.Line::label)
                .contains("amount")
                .containsAnyOf("node", "new key", "as", "stake");
    }

    @Test
    void tells_nodes_by_their_peer_ids_and_roles_by_name() {
        assertThat(new IdentityCall.Bind(OLD, PROOF, ROLES | 1 << 20).summary().lines())
                .extracting(Summary.Line::value)
                .contains(
                        new NodeKey(OLD).peer().toString(),
                        "provider, fullnode, something unknown here (1048581)");
        assertThat(new IdentityCall.Rotate(OLD, NEW, PROOF).summary().lines())
                .extracting(Summary.Line::value)
                .contains(
                        new NodeKey(NEW).peer().toString(),
                        new NodeKey(OLD).peer() + ": worth nothing any more, for ever");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refuses_what_is_cut_off_or_goes_on(KnownCall call) {
        byte[] good = call.encode();
        if (good.length > 4) {
            assertMalformed(Arrays.copyOf(good, good.length - 1));
        }
        assertMalformed(Arrays.copyOf(good, good.length + 1));
        assertMalformed(Arrays.copyOf(good, good.length + 32));
    }

    @Test
    void refuses_a_last_argument_that_is_elsewhere_too_long_or_filled_up_with_something() {
        byte[] bind = new IdentityCall.Bind(OLD, filled(63, 4), ROLES).encode();
        byte[] elsewhere = bind.clone();
        elsewhere[4 + 2 * 32 - 1] = 0x20;
        byte[] longer = bind.clone();
        longer[4 + 3 * 32] = (byte) 0x7f;
        byte[] filled = bind.clone();
        filled[filled.length - 1] = 1;
        assertMalformed(elsewhere);
        assertMalformed(longer);
        assertMalformed(filled);
    }

    @Test
    void refuses_a_description_that_would_move_the_cursor() {
        assertMalformed(new ProviderCall.Register(OLD, HASH, "http://x/\u001b[2J").encode());
    }

    @Test
    void refuses_stake_of_no_kind_and_roles_that_there_is_no_room_for() {
        byte[] stake = new StakeCall.Withdraw(StakeKind.PROVIDER).encode();
        stake[stake.length - 1] = 3;
        assertMalformed(stake);
        byte[] bind = new IdentityCall.Bind(OLD, PROOF, ROLES).encode();
        bind[4 + 2 * 32] = 1;
        assertMalformed(bind);
    }

    private static void assertMalformed(byte[] data) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> KnownCall.parse(data))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ARGUMENTS));
    }

    private static SignedPermit permit() {
        try (SigningKey key = SigningKey.of(filled(32, 9))) {
            return new SignedPermit(
                    new Permit(key.address(), VAULT, AMOUNT, BigInteger.ZERO, TIME),
                    key.sign(Bytes32.ZERO));
        } catch (MalformedKeyException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
