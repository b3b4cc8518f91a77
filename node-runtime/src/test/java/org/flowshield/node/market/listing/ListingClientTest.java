package org.flowshield.node.market.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.market.SomeListings;
import org.flowshield.node.market.listing.MalformedListingException.Reason;
import org.junit.jupiter.api.Test;

final class ListingClientTest {

    private static final Instant UNTIL = Instant.parse("2027-01-31T12:30:00Z");

    @Test
    void a_node_tells_of_itself_or_of_nothing() throws Exception {
        try (SomeListings node = new SomeListings()) {
            SignedListing listing = node.listing(1, 1, UNTIL);
            assertThat(ListingClient.parse(listing.encoded(), node.peer))
                    .map(SignedListing::encoded)
                    .contains(listing.encoded());
            assertThat(ListingClient.parse(new byte[0], node.peer)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void who_tells_of_another_is_not_heeded() {
        try (SomeListings node = new SomeListings();
                SomeListings other = new SomeListings()) {
            byte[] listing = other.listing(1, 1, UNTIL).encoded();
            assertThat(
                            catchThrowableOfType(
                                            MalformedListingException.class,
                                            () -> ListingClient.parse(listing, node.peer))
                                    .reason())
                    .isEqualTo(Reason.FOREIGN);
        }
    }
}
