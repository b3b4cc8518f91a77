package org.flowshield.node.desk.share;

import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;

/**
 * What came of beginning to sell. Immutable.
 *
 * @param ending of the last transaction; the rest was only done if it is good
 * @param serving what the provider role does; null if it is off
 * @param problem what is in the way of being paid; null if nothing is
 */
public record Shared(Ending ending, @Nullable ProviderStatus serving, @Nullable Problem problem) {}
