package org.flowshield.node.swarm.reach;

import java.util.Arrays;
import java.util.Optional;

/** What became of one address that a peer was asked to dial; reach.proto says what each means. */
public enum DialOutcome {
    NOT_DIALLED(0, false, "it is not where the peer sees this node"),
    BUSY(1, false, "the peer has no time for it now"),
    REACHED(2, true, "a peer got through"),
    NO_ANSWER(3, true, "no answer: a firewall or a router stands between"),
    REFUSED(4, true, "the connection was refused: nothing of this node listens there"),
    ANOTHER(5, true, "another node is there");

    private final int number;
    private final boolean tried;
    private final String words;

    DialOutcome(int number, boolean tried, String words) {
        this.number = number;
        this.tried = tried;
        this.words = words;
    }

    /** As it is sent. */
    int number() {
        return number;
    }

    static Optional<DialOutcome> of(int number) {
        return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
    }

    /** Whether it says anything of the address. */
    public boolean isTried() {
        return tried;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
