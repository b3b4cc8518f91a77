package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;

/**
 * What a fullnode says. Immutable; nothing in it is verified. directory.proto says what each part
 * means.
 */
public sealed interface DirectoryAnswer {

    /** Some of those that fit. */
    record Page(List<Entry> entries, Optional<String> next) implements DirectoryAnswer {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** What is known of one. */
    record Found(Optional<Entry> entry) implements DirectoryAnswer {}

    /** What is known at all, in short. */
    record Comparison(List<Branch> branches) implements DirectoryAnswer {

        public Comparison {
            branches = List.copyOf(branches);
        }
    }

    /** Some records. */
    record Records(List<Told> records) implements DirectoryAnswer {

        public Records {
            records = List.copyOf(records);
        }
    }

    /**
     * No answer.
     *
     * @param detail for people, at most {@value #MAX_DETAIL} characters
     */
    record Refused(Reason reason, String detail) implements DirectoryAnswer {

        static final int MAX_DETAIL = 200;

        /** Why. */
        public enum Reason {
            /** Also what a receiver makes of a reason that it does not know. */
            UNSPECIFIED,
            MALFORMED,
            BUSY,
            UNAVAILABLE
        }
    }

    /**
     * A provider as a fullnode tells it.
     *
     * @param heardAgo since it was last heard of; empty: never
     * @param score 0 to 1
     * @param reasons at most {@value #MOST_REASONS} of {@value #MAX_REASON} characters
     */
    record Entry(
            Told told,
            Optional<Duration> heardAgo,
            Optional<TokenAmount> stake,
            double score,
            List<String> reasons) {

        public static final int MOST_REASONS = 8;
        public static final int MAX_REASON = 160;

        public Entry {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What a provider has signed, as it came.
     *
     * @param heartbeat empty: none
     */
    record Told(ByteString listing, ByteString heartbeat) {}

    /** What is known below a prefix. */
    sealed interface Branch {

        /** All of it, in order. */
        record Items(List<Item> items) implements Branch {

            /** More are told part by part. */
            public static final int MOST = 1024;

            public Items {
                items = List.copyOf(items);
            }
        }

        /** Digests of its {@value Prefix#FAN} parts; empty ones of parts without a record. */
        record Parts(List<ByteString> digests) implements Branch {

            /** Nobody finds a second part of the same digest. */
            public static final int DIGEST_LENGTH = 16;

            public Parts {
                digests = List.copyOf(digests);
            }
        }
    }

    /** Which record of a node is known. */
    record Item(NodeKey node, long offer, long where) {}
}
