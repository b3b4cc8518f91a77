package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.node.finder.backing.ChainBacking;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom money goes to, of the market and of those that the user has named. */
@Timeout(300)
final class IdentityVettingIT {

    private final LoopbackMarket market = new LoopbackMarket();
    private final Told told = market.told("0.05", Parties.address(1));

    IdentityVettingIT() throws IOException {}

    @AfterEach
    void close() {
        market.close();
    }

    private Vetting vetting(boolean found, Registry registry) {
        return new IdentityVetting(
                new IdentityVerifier(registry, Parties.DOMAIN.chain(), market.clock),
                new ChainBacking(registry, _ -> Optional.of(Parties.flow("1")), market.clock),
                _ -> found ? Optional.of(told.offer().price()) : Optional.empty());
    }

    private Optional<String> ask(LoopbackMarket.Running provider, boolean found, Registry registry)
            throws Exception {
        Vetting vetting = vetting(found, registry);
        SecureRandom random = new SecureRandom();
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).build();
                var connection = host.connect(provider.address())) {
            return vetting.require(connection, provider.told.get().offer());
        }
    }

    private void assertRefused(LoopbackMarket.Running provider, boolean found, Registry registry) {
        assertRefused(provider, found, registry, "identity_refused");
    }

    private void assertRefused(
            LoopbackMarket.Running provider, boolean found, Registry registry, String code) {
        assertThatThrownBy(() -> ask(provider, found, registry))
                .isInstanceOfSatisfying(
                        BillEndedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void one_whose_wallet_vouches_for_it_is_paid() throws Exception {
        LoopbackMarket.Running provider = market.provider(told);
        assertThat(ask(provider, true, market.registry)).isEmpty();
        assertThat(ask(provider, false, market.registry)).isEmpty();
    }

    @Test
    void one_that_says_nothing_is_refused_unless_the_user_has_named_it() throws Exception {
        LoopbackMarket.Running provider = market.silent(told);
        assertRefused(provider, true, market.registry, "identity_unchecked");
        assertThat(ask(provider, false, market.registry))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("only its address says whom you pay"));
    }

    @Test
    void one_that_no_wallet_has_bound_is_refused_unless_the_user_has_named_it() throws Exception {
        LoopbackMarket.Running provider = market.provider(told);
        Registry empty = _ -> new Standing.Unbound();
        assertRefused(provider, true, empty);
        assertThat(ask(provider, false, empty)).isPresent();
    }

    @Test
    void one_of_the_market_does_not_serve_for_nothing_and_one_that_the_user_has_named_may() {
        assertThatThrownBy(() -> vetting(true, market.registry).requireFree(told.peer()))
                .isInstanceOfSatisfying(
                        BillEndedException.class,
                        e -> assertThat(e.code()).isEqualTo("not_as_listed"));
        assertThatCode(() -> vetting(false, market.registry).requireFree(told.peer()))
                .doesNotThrowAnyException();
    }

    @Test
    void one_of_the_market_that_asks_for_more_than_it_has_listed_is_refused() throws Exception {
        LoopbackMarket.Running provider = market.provider(told);
        provider.told.set(told.price("0.9"));
        assertRefused(provider, true, market.registry, "not_as_listed");
        assertThat(ask(provider, false, market.registry)).isEmpty();
        provider.told.set(told.price("0.01"));
        assertThat(ask(provider, true, market.registry)).isEmpty();
    }

    @Test
    void a_silent_chain_is_told_to_the_user_and_refuses_all_others() throws Exception {
        LoopbackMarket.Running provider = market.provider(told);
        Registry silent =
                _ -> {
                    throw new RegistryUnavailableException("the chain was not reached", null);
                };
        assertRefused(provider, true, silent, "identity_unchecked");
        assertThat(ask(provider, false, silent)).isPresent();
    }

    @Test
    void one_that_was_revoked_or_is_of_another_wallet_is_refused_by_everybody() throws Exception {
        LoopbackMarket.Running provider = market.provider(told);
        Registry revoked = _ -> new Standing.Revoked(market.clock.instant());
        assertRefused(provider, true, revoked);
        assertRefused(provider, false, revoked);
        Told other = market.told("0.05", Parties.address(2));
        LoopbackMarket.Running impostor = market.provider(other, Parties.address(3));
        Registry bound =
                node ->
                        node.equals(new NodeId(Parties.address(3), other.node()))
                                ? new Standing.Bound(1, market.clock.instant())
                                : new Standing.Unbound();
        assertRefused(impostor, true, bound);
        assertRefused(impostor, false, bound);
    }
}
