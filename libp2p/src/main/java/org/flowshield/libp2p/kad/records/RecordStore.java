package org.flowshield.libp2p.kad.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.peer.PeerId;

/**
 * Where a node keeps what others put. Bounded; whether a value may be kept is decided before. Safe
 * for use by any thread.
 */
public interface RecordStore {

    /** The value of a key, unless it has expired. */
    Optional<ValueRecord> value(RecordKey key, Instant now);

    /**
     * Keeps a value in place of any before.
     *
     * @return false if there is no room for it
     */
    boolean put(ValueRecord record, Instant expiry, Instant now);

    /** Who provides what has a key: those whose records have not expired, the latest first. */
    List<PeerInfo> providers(RecordKey key, Instant now);

    /**
     * Keeps that a peer provides what has a key, in place of what it said before.
     *
     * @return false if there is no room for it
     */
    boolean addProvider(RecordKey key, PeerInfo provider, Instant expiry, Instant now);

    /** Forgets that a peer provides what has a key. */
    void removeProvider(RecordKey key, PeerId provider);

    /** Forgets what has expired. */
    void expire(Instant now);
}
