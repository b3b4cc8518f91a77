package org.flowshield.node.desk.identity;

import java.util.List;

/**
 * Whether a node is who it should be, step by step. Immutable.
 *
 * @param checks in their order; what depends on a failed one is left out
 */
public record Verification(List<Check> checks) {

    public Verification {
        checks = List.copyOf(checks);
    }

    /** Whether all are right. */
    public boolean isSound() {
        return checks.stream().allMatch(Check::ok);
    }

    /**
     * One of them. Immutable.
     *
     * @param detail in English
     */
    public record Check(Subject subject, boolean ok, String detail) {}

    /** What is looked at. */
    public enum Subject {
        /** It was dialled, and has the key that its address names. */
        CONNECTION,
        /** It showed a certificate of its own key. */
        CERTIFICATE,
        /** Its key has agreed to the wallet. */
        CONSENT,
        /** The wallet has bound it. */
        BINDING,
        REVOCATION,
        /** It may be what it should be. */
        ROLE,
        /** Its wallet is in the market. */
        MARKET,
        /** The market names this node. */
        MARKET_NODE;

        /** As it is printed. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }
}
