package org.flowshield.node.directory;

import java.util.List;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.matching.Query;

/** What a fullnode is asked. Immutable; directory.proto says what each part means. */
public sealed interface DirectoryRequest {

    /** Parts that are compared at once. */
    int MOST_PREFIXES = 16;

    /** Records that are fetched at once. */
    int MOST_KEYS = 64;

    /** Which providers there are. */
    record Search(Query query) implements DirectoryRequest {}

    /** What is known of one. */
    record Get(NodeKey node) implements DirectoryRequest {}

    /** What is known at all, in short. */
    record Compare(List<Prefix> prefixes) implements DirectoryRequest {

        public Compare {
            prefixes = List.copyOf(prefixes);
            if (prefixes.isEmpty() || prefixes.size() > MOST_PREFIXES) {
                throw new IllegalArgumentException(prefixes.size() + " prefixes");
            }
        }
    }

    /** The records of some. */
    record Fetch(List<NodeKey> nodes) implements DirectoryRequest {

        public Fetch {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty() || nodes.size() > MOST_KEYS) {
                throw new IllegalArgumentException(nodes.size() + " keys");
            }
        }
    }
}
