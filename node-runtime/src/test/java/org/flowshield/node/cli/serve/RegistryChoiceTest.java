package org.flowshield.node.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.config.RegistryBy;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;

final class RegistryChoiceTest {

    private static final long REAL = 42_161;
    private static final long DEVELOPMENT = 31_337;

    private static Network network(long chain, String... rpcs) {
        EvmAddress at = Parties.address(1);
        return new Network(
                "test",
                new ChainId(chain),
                Stream.of(rpcs).map(URI::create).toList(),
                "ETH",
                1,
                0,
                new ContractAddresses(at, at, at, at, at, at, at, at),
                List.of(),
                null);
    }

    private static final String[] THREE = {
        "https://a.example", "https://b.example/key", "https://c.example:8443"
    };

    @Test
    void three_public_rpcs_of_a_real_chain_are_believed_together_or_not_at_all() {
        assertThat(RegistryChoice.of(RegistryBy.AUTO, network(REAL, THREE)))
                .isInstanceOfSatisfying(
                        RegistryChoice.Proven.class,
                        proven -> {
                            assertThat(proven.sources())
                                    .extracting(URI::getHost)
                                    .containsExactly("a.example", "b.example", "c.example");
                            assertThat(proven.needed()).isEqualTo(2);
                        });
    }

    @Test
    void with_more_of_them_most_have_to_agree() {
        RegistryChoice choice =
                RegistryChoice.of(
                        RegistryBy.AUTO,
                        network(
                                REAL,
                                "https://a.example",
                                "https://b.example",
                                "https://c.example",
                                "https://d.example",
                                "https://e.example"));
        assertThat(((RegistryChoice.Proven) choice).needed()).isEqualTo(3);
    }

    @Test
    void the_owners_own_rpc_is_believed() {
        assertThat(RegistryChoice.of(RegistryBy.AUTO, network(REAL, "https://mine.example")))
                .isEqualTo(
                        new RegistryChoice.Believed(
                                "there are RPCs of 1 server, and proofs need 3"));
    }

    @Test
    void two_ways_to_one_server_are_one_source() {
        Network twice =
                network(
                        REAL,
                        "https://a.example/one",
                        "https://A.example:443/two",
                        "https://b.example");
        assertThat(RegistryChoice.of(RegistryBy.AUTO, twice))
                .isInstanceOf(RegistryChoice.Believed.class);
        assertThat(RegistryChoice.of(RegistryBy.PROOFS, twice))
                .isInstanceOfSatisfying(
                        RegistryChoice.Impossible.class,
                        no -> assertThat(no.why()).contains("RPCs of 2 servers"));
    }

    @Test
    void a_chain_for_development_has_no_young_blocks_to_prove_anything_in() {
        assertThat(RegistryChoice.of(RegistryBy.AUTO, network(DEVELOPMENT, THREE)))
                .isEqualTo(new RegistryChoice.Believed("chain 31337 is one for development"));
        assertThat(RegistryChoice.of(RegistryBy.PROOFS, network(DEVELOPMENT, THREE)))
                .isInstanceOf(RegistryChoice.Proven.class);
    }

    @Test
    void whoever_says_rpc_gets_it() {
        assertThat(RegistryChoice.of(RegistryBy.RPC, network(REAL, THREE)))
                .isInstanceOf(RegistryChoice.Believed.class);
    }
}
