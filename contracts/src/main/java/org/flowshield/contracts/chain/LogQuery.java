package org.flowshield.contracts.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;

/**
 * Which events are asked for. Immutable.
 *
 * @param events their names, as hashes; all if empty
 * @param fields what their indexed fields must be, in order; any where nothing is given
 */
public record LogQuery(EvmAddress contract, List<Bytes32> events, List<Optional<Bytes32>> fields) {

    public LogQuery {
        events = List.copyOf(events);
        fields = List.copyOf(fields);
    }

    /** All of a contract's events of these names. */
    public static LogQuery of(EvmAddress contract, Bytes32... events) {
        return new LogQuery(contract, Arrays.asList(events), List.of());
    }

    /** The same query for events whose next indexed field is this. */
    public LogQuery with(Bytes32 field) {
        return plus(Optional.of(field));
    }

    /** The same query for events whose next indexed field is this address. */
    public LogQuery with(EvmAddress address) {
        byte[] word = new byte[Bytes32.LENGTH];
        System.arraycopy(
                address.bytes(), 0, word, Bytes32.LENGTH - EvmAddress.LENGTH, EvmAddress.LENGTH);
        return plus(Optional.of(new Bytes32(word)));
    }

    /** The same query, whatever the next indexed field is. */
    public LogQuery withAny() {
        return plus(Optional.empty());
    }

    private LogQuery plus(Optional<Bytes32> field) {
        List<Optional<Bytes32>> more = new ArrayList<>(fields);
        more.add(field);
        return new LogQuery(contract, events, more);
    }

    /** Whether an event is one that was asked for. */
    public boolean fits(Log log) {
        List<Bytes32> topics = log.topics();
        if (!log.contract().equals(contract)) {
            return false;
        }
        if (!events.isEmpty() && (topics.isEmpty() || !events.contains(topics.getFirst()))) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            Optional<Bytes32> wanted = fields.get(i);
            boolean there = i + 1 < topics.size();
            if (wanted.isPresent() && !(there && topics.get(i + 1).equals(wanted.get()))) {
                return false;
            }
        }
        return true;
    }
}
