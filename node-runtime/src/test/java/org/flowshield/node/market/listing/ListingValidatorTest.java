package org.flowshield.node.market.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.node.market.Newcomers;
import org.flowshield.node.market.SomeListings;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listings are passed on of who tells of itself, while they hold, once. */
final class ListingValidatorTest {

    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofMinutes(30));
    private static final int EACH = 1000;

    private final SomeListings node = new SomeListings();
    private final SomeListings other = new SomeListings();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final AtomicLong nanos = new AtomicLong();
    private final List<SignedListing> accepted = new ArrayList<>();
    private final ListingValidator validator =
            new ListingValidator(SomeListings.NETWORK, clock::get, nanos::get, accepted::add, EACH);

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    private Verdict verdict(SignedListing listing) {
        return verdict(listing.encoded());
    }

    private Verdict verdict(byte[] data) {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos()); // nobody says too much here
        return validator.validate(SomeListings.message(node.peer, data));
    }

    @Test
    void a_listing_is_passed_on_and_told_verified() {
        SignedListing listing = node.listing(1, 1, UNTIL);
        assertThat(verdict(listing)).isEqualTo(Verdict.ACCEPT);
        assertThat(accepted).singleElement().extracting(SignedListing::peer).isEqualTo(node.peer);
    }

    @Test
    void an_older_one_and_the_same_again_are_not_passed_on() {
        assertThat(verdict(node.listing(5, 5, UNTIL))).isEqualTo(Verdict.ACCEPT);
        for (int i = 0; i < EACH; i++) {
            long offer = 1L + i % 5;
            long where = offer < 5 ? 1L + i % 9 : 1L + i % 5;
            assertThat(verdict(node.listing(offer, where, UNTIL))).isEqualTo(Verdict.IGNORE);
        }
        assertThat(verdict(node.listing(5, 6, UNTIL))).isEqualTo(Verdict.ACCEPT);
        assertThat(verdict(node.listing(6, 6, UNTIL))).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void an_expired_one_and_one_for_ever_are_not_passed_on() {
        assertThat(verdict(node.listing(1, 1, NOW))).isEqualTo(Verdict.IGNORE);
        assertThat(verdict(node.listing(1, 2, NOW.plus(Duration.ofDays(2)))))
                .isEqualTo(Verdict.IGNORE);
        assertThat(accepted).isEmpty();
    }

    @Test
    void who_tells_of_another_is_refused() {
        assertThat(verdict(other.listing(1, 1, UNTIL))).isEqualTo(Verdict.REJECT);
    }

    @Test
    void one_of_another_network_is_refused() {
        ChannelDomain elsewhere = new ChannelDomain(new ChainId(1), Parties.DOMAIN.contract());
        assertThat(verdict(node.listing(node.offer(1, UNTIL, elsewhere), 1)))
                .isEqualTo(Verdict.REJECT);
    }

    @Test
    void bytes_that_were_changed_on_the_way_are_refused() {
        byte[] good = node.listing(1, 1, UNTIL).encoded();
        Random random = new Random(5);
        for (int i = 0; i < EACH; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(verdict(bad)).isNotEqualTo(Verdict.ACCEPT);
        }
        assertThat(verdict(new byte[SignedListing.MAX_LENGTH + 1])).isEqualTo(Verdict.REJECT);
        assertThat(verdict(new byte[0])).isEqualTo(Verdict.REJECT);
        assertThat(verdict(good)).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void a_node_that_floods_is_not_even_read() {
        int read = 0;
        byte[] junk = {1, 2, 3};
        for (int i = 0; i < EACH; i++) {
            // What is read is refused as junk; what is not read is of no interest.
            if (validator.validate(SomeListings.message(node.peer, junk)) == Verdict.REJECT) {
                read++;
            }
        }
        assertThat(read).isEqualTo(6);
        assertThat(
                        validator.validate(
                                SomeListings.message(
                                        other.peer, other.listing(1, 1, UNTIL).encoded())))
                .isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void a_peer_that_brings_a_thousand_keys_is_held_and_nobody_else() {
        int read = 0;
        byte[] junk = {1, 2, 3};
        for (int i = 0; i < EACH; i++) {
            try (SomeListings free = new SomeListings()) {
                var message = SomeListings.message(free.peer, other.peer, junk);
                read += validator.validate(message) == Verdict.REJECT ? 1 : 0;
            }
        }
        assertThat(read).isEqualTo(Newcomers.BURST);
        byte[] listing = node.listing(1, 1, UNTIL).encoded();
        assertThat(validator.validate(SomeListings.message(node.peer, other.peer, listing)))
                .isEqualTo(Verdict.IGNORE);
        assertThat(validator.validate(SomeListings.message(node.peer, listing)))
                .isEqualTo(Verdict.ACCEPT);
    }
}
