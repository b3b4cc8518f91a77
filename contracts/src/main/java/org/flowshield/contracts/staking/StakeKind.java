package org.flowshield.contracts.staking;

/** What stake is for. Stake of one kind says nothing for the other. */
public enum StakeKind {
    PROVIDER(1),
    VERIFIER(2);

    private final int code;

    StakeKind(int code) {
        this.code = code;
    }

    /** Its number in the contract. */
    public int code() {
        return code;
    }
}
