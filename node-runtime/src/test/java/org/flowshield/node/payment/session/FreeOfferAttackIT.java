package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.channel.PayerSettings;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that was revoked keeps its clients: (1) a client has found it in the market, (2) its
 * wallet revokes it, so that nobody would pay it, (3) it says that it serves for nothing, so that
 * nobody asks who it is. The client opens no session with it.
 */
@Timeout(120)
final class FreeOfferAttackIT {

    @TempDir private Path folder;

    /** Who was found in the market does not serve for nothing. */
    private static final class OfTheMarket implements Vetting {

        @Override
        public Optional<String> require(Connection provider, Offer offer) {
            return Optional.empty();
        }

        @Override
        public void requireFree(PeerId provider) throws BillEndedException {
            throw new BillEndedException("not_as_listed", "it was listed with a price", false);
        }
    }

    @Test
    void one_of_the_market_that_says_it_is_free_gets_no_session() throws Exception {
        FakeChain chain = new FakeChain();
        PayerSettings settings =
                new PayerSettings(
                        Parties.address(1),
                        Parties.flow("2"),
                        Parties.flow("1000"),
                        TokenAmount.ZERO);
        try (PaidProvider provider = new PaidProvider(folder.resolve("provider"), chain, true);
                PaidClient client =
                        new PaidClient(
                                folder.resolve("client"),
                                chain,
                                settings,
                                Parties.PRICE,
                                Parties.key(1),
                                new OfTheMarket())) {
            assertThatThrownBy(() -> client.connect(provider.address))
                    .isInstanceOfSatisfying(
                            BillEndedException.class,
                            e -> assertThat(e.code()).isEqualTo("not_as_listed"));
        }
    }
}
