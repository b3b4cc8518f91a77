package org.flowshield.libp2p.kad.lookup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.records.Validator;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The values that a search has found under a key, the best of them, and who has another or none.
 * Invalid ones count as none. Not safe for several threads.
 */
public final class Values {

    private final RecordKey key;
    private final Validator validator;
    private final int quorum;
    private final Map<PeerId, ValueRecord> valid = new LinkedHashMap<>();
    private @Nullable ValueRecord best;

    /**
     * @param quorum how many valid values are enough; 0 to hear everybody
     */
    public Values(RecordKey key, Validator validator, int quorum) {
        this.key = key;
        this.validator = validator;
        this.quorum = quorum;
    }

    /** Takes what a peer answered; true if that is enough. */
    public boolean offer(PeerId from, Optional<ValueRecord> said) {
        if (said.isEmpty() || !isValid(said.get())) {
            return false;
        }
        ValueRecord value = said.get();
        valid.put(from, value);
        ValueRecord known = best;
        if (known == null || validator.isBetter(key, value.value(), known.value())) {
            best = value;
        }
        return quorum > 0 && valid.size() >= quorum;
    }

    private boolean isValid(ValueRecord value) {
        try {
            validator.check(key, value.value());
            return true;
        } catch (InvalidValueException _) {
            return false; // whoever sent it has nothing of use
        }
    }

    public Optional<ValueRecord> best() {
        return Optional.ofNullable(best);
    }

    /** How many peers gave the best value. */
    public int agreeing() {
        return (int) valid.values().stream().filter(one -> one.equals(best)).count();
    }

    /**
     * Those of the nearest that should get the best value because they have a worse one or none.
     */
    public List<PeerInfo> toCorrect(List<PeerInfo> nearest) {
        List<PeerInfo> wrong = new ArrayList<>();
        ValueRecord right = best;
        if (right != null) {
            for (PeerInfo one : nearest) {
                if (!right.equals(valid.get(one.peer()))) {
                    wrong.add(one);
                }
            }
        }
        return wrong;
    }
}
