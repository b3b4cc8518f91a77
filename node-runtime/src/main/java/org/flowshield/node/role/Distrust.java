package org.flowshield.node.role;

import java.util.Set;
import org.flowshield.node.api.Problem;

/**
 * What ends all dealings with a provider for as long as somebody wants to be connected: it is not
 * who it should be, and to ask it again would make it no better. Pure.
 */
public final class Distrust {

    private static final Set<String> REASONS =
            Set.of(
                    "provider_revoked",
                    "identity_revoked",
                    "identity_unbound",
                    "identity_refused",
                    "not_staked",
                    "not_as_listed");

    private Distrust() {}

    /** Whether a failure is such a reason; a silent provider or chain is none. */
    public static boolean isDueTo(Problem why) {
        return REASONS.contains(why.code());
    }
}
