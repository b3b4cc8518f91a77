package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.identity.RefusedIdentityException.Reason;
import org.junit.jupiter.api.Test;

/** Certificate, connection and registry must agree, now; what cannot be checked is refused. */
final class IdentityVerifierTest {

    private static final ChainId CHAIN = new ChainId(31337);

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey key = PrivateKey.generate(random);
    private final EvmAddress wallet = address();
    private final EvmAddress squatter = address();
    private final NodeId node = new NodeId(wallet, NodeKey.of(key.publicKey()).orElseThrow());
    private final Chain chain = new Chain();
    private final RegistryCache cache = new RegistryCache(chain, chain::now);
    private final IdentityVerifier verifier = new IdentityVerifier(cache, CHAIN, chain::now);

    private static EvmAddress address() {
        try (SigningKey key = SigningKey.generate(new SecureRandom())) {
            return key.address();
        }
    }

    /** A registry whose answers and clock the test holds. */
    private static final class Chain implements Registry {

        private final Map<NodeId, Standing> standings = new HashMap<>();
        private Instant now = Instant.parse("2027-01-31T12:00:00Z");
        private boolean down;
        private int asked;

        Instant now() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Standing standing(NodeId node) throws RegistryUnavailableException {
            asked++;
            if (down) {
                throw new RegistryUnavailableException("the line is cut", null);
            }
            return standings.getOrDefault(node, new Standing.Unbound());
        }

        void bind(NodeId node, Roles... roles) {
            standings.put(node, new Standing.Bound(Roles.bits(roles), now));
        }

        void revoke(NodeId node) {
            standings.put(node, new Standing.Revoked(now));
        }
    }

    private byte[] shown() {
        return IdentityCertificate.issue(key, wallet, CHAIN, random, chain.now).encoded();
    }

    private Reason refused(byte[] certificate, Roles role) {
        return catchThrowableOfType(
                        RefusedIdentityException.class,
                        () -> verifier.verify(node.key().peer(), certificate, role))
                .reason();
    }

    @Test
    void a_bound_node_is_who_it_says() throws Exception {
        chain.bind(node, Roles.PROVIDER, Roles.FULLNODE);
        Identity identity = verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        assertThat(identity.node()).isEqualTo(node);
        assertThat(Roles.of(identity.roles())).containsExactly(Roles.PROVIDER, Roles.FULLNODE);
        assertThat(refused(shown(), Roles.VERIFIER)).isEqualTo(Reason.OTHER_ROLE);
    }

    @Test
    void a_revoked_node_is_refused_within_a_minute_and_for_ever() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        byte[] certificate = shown();
        verifier.verify(node.key().peer(), certificate, Roles.PROVIDER);
        chain.revoke(node);
        chain.pass(Registry.MAX_AGE);
        assertThat(refused(certificate, Roles.PROVIDER)).isEqualTo(Reason.REVOKED);
        chain.down = true;
        chain.pass(Duration.ofHours(1));
        assertThat(refused(certificate, Roles.PROVIDER)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void of_a_thousand_revoked_nodes_none_is_taken() throws Exception {
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            try (PrivateKey revoked = PrivateKey.generate(random)) {
                NodeId id = new NodeId(wallet, NodeKey.of(revoked.publicKey()).orElseThrow());
                byte[] certificate =
                        IdentityCertificate.issue(revoked, wallet, CHAIN, random, chain.now)
                                .encoded();
                chain.bind(id, Roles.PROVIDER);
                chain.revoke(id);
                assertThatThrownBy(
                                () -> verifier.verify(id.key().peer(), certificate, Roles.PROVIDER))
                        .isInstanceOfSatisfying(
                                RefusedIdentityException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED));
                refused++;
            }
        }
        assertThat(refused).isEqualTo(1_000);
    }

    @Test
    void who_hears_of_a_revocation_asks_again_at_once() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        chain.revoke(node);
        cache.askAgain(node);
        assertThat(refused(shown(), Roles.PROVIDER)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void a_rumour_of_a_revocation_harms_nobody() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        cache.askAgain(node);
        assertThat(verifier.verify(node.key().peer(), shown(), Roles.PROVIDER).node())
                .isEqualTo(node);
    }

    @Test
    void without_an_answer_a_node_is_refused_once_the_last_one_is_old() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        chain.down = true;
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        chain.pass(Registry.MAX_AGE);
        assertThat(refused(shown(), Roles.PROVIDER)).isEqualTo(Reason.UNKNOWN);
        chain.down = false;
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
    }

    @Test
    void a_clock_that_was_set_back_makes_no_old_answer_young() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        chain.pass(Duration.ofHours(-1));
        int before = chain.asked;
        verifier.verify(node.key().peer(), shown(), Roles.PROVIDER);
        assertThat(chain.asked).isEqualTo(before + 1);
    }

    @Test
    void a_squatter_who_binds_somebody_elses_key_changes_nothing() throws Exception {
        chain.bind(new NodeId(squatter, node.key()), Roles.PROVIDER);
        assertThat(refused(shown(), Roles.PROVIDER)).isEqualTo(Reason.UNBOUND);
        chain.bind(node, Roles.PROVIDER);
        chain.revoke(new NodeId(squatter, node.key()));
        chain.pass(Registry.MAX_AGE);
        assertThat(verifier.verify(node.key().peer(), shown(), Roles.PROVIDER).node().wallet())
                .isEqualTo(wallet);
    }

    @Test
    void what_is_remembered_is_bounded() throws Exception {
        chain.bind(node, Roles.PROVIDER);
        cache.standing(node);
        for (int i = 0; i < RegistryCache.MAX_NODES; i++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            bytes[2] = 1;
            cache.standing(new NodeId(wallet, new NodeKey(new Bytes32(bytes))));
        }
        int before = chain.asked;
        cache.standing(node);
        assertThat(chain.asked).isEqualTo(before + 1);
    }
}
