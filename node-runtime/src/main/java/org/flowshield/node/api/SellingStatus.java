package org.flowshield.node.api;

import org.jspecify.annotations.Nullable;

/**
 * How a node sells. Immutable.
 *
 * @param offer that it sells for
 * @param free whether everybody is served for nothing
 * @param restartNeeded whether a part of the offer holds only after the role was switched off and
 *     on
 * @param problem why nobody can be served; null if nothing is in the way
 */
public record SellingStatus(
        ProviderOffer offer, boolean free, boolean restartNeeded, @Nullable Problem problem) {}
