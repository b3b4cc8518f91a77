package org.flowshield.node.market.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever comes as a listing is one, or is refused with a reason. */
final class ListingFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void any_bytes_are_opened_or_refused(byte[] input) {
        try {
            SignedListing listing = SignedListing.open(input);
            assertThat(listing.encoded()).isEqualTo(input);
            assertThat(listing.addresses()).hasSizeBetween(1, SignedListing.MAX_ADDRESSES);
        } catch (MalformedListingException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
