package org.flowshield.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.RelayTerms;
import org.junit.jupiter.api.Test;

/** Digests are compared with the contracts' by Eip712VectorsTest; here is what can be no order. */
final class RegistryOrderTest {

    private static final EvmAddress WALLET = EvmAddress.ZERO;
    private static final RelayTerms TERMS =
            new RelayTerms(TokenAmount.of(5), Instant.ofEpochSecond(2_000_000_000));

    private static RegistryOrder.Bind bind(int proof, long roles) {
        return new RegistryOrder.Bind(WALLET, Bytes32.ZERO, new byte[proof], roles, TERMS);
    }

    private static RegistryOrder.Register register(String uri) {
        return new RegistryOrder.Register(
                WALLET, Bytes32.ZERO, Bytes32.ZERO, uri, BigInteger.ONE, TERMS);
    }

    @Test
    void what_the_contract_has_no_room_for_is_refused() {
        assertThat(bind(64, 0xffff_ffffL).roles()).isEqualTo(0xffff_ffffL);
        assertThatIllegalArgumentException().isThrownBy(() -> bind(63, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> bind(65, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> bind(64, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> bind(64, 1L << 32));
        assertThat(register("x".repeat(256)).uri()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> register("ü".repeat(129)));
    }

    @Test
    void an_order_is_for_one_chain_and_one_registry_of_its_kind() {
        ChainId chain = new ChainId(31337);
        Bytes32 revoke = new RegistryOrder.Revoke(WALLET, Bytes32.ZERO, TERMS).structHash();
        assertThat(new RegistryOrder.Revoke(WALLET, Bytes32.ZERO, TERMS).digest(chain, WALLET))
                .isEqualTo(RegistryOrder.identities(chain, WALLET).digest(revoke))
                .isNotEqualTo(RegistryOrder.identities(new ChainId(1), WALLET).digest(revoke))
                .isNotEqualTo(RegistryOrder.providers(chain, WALLET).digest(revoke));
        assertThat(register("").digest(chain, WALLET))
                .isEqualTo(
                        RegistryOrder.providers(chain, WALLET).digest(register("").structHash()));
    }

    @Test
    void a_consent_is_kept_as_it_was() {
        byte[] proof = new byte[RegistryOrder.Bind.PROOF_LENGTH];
        RegistryOrder.Bind bind = new RegistryOrder.Bind(WALLET, Bytes32.ZERO, proof, 1, TERMS);
        proof[0] = 1;
        bind.proof()[1] = 1;
        assertThat(bind).isEqualTo(bind(64, 1));
        assertThat(bind).hasSameHashCodeAs(bind(64, 1));
    }
}
