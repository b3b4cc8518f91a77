package org.flowshield.node.api.market;

import java.time.Instant;
import java.util.List;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What was found. Immutable.
 *
 * @param providers those that fit, as they were asked to be sorted
 * @param refused those that fit and are not to be dealt with, and why
 * @param directories how many fullnodes answered; 0: it was found without any
 * @param at when it was looked for
 * @param problem why less is known than could be, such as a chain that does not answer; null: all
 *     is well
 */
public record FoundProviders(
        List<FoundProvider> providers,
        List<FailedProvider> refused,
        int directories,
        Instant at,
        @Nullable Problem problem) {

    public FoundProviders {
        providers = List.copyOf(providers);
        refused = List.copyOf(refused);
    }
}
