package org.flowshield.libp2p.kad;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.exchange.Answers;
import org.flowshield.libp2p.kad.records.MemoryRecords;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.routing.RoutingTable;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.peer.PeerId;

/** A node of a simulated network: the production code's table, records and answers. */
final class SimulatedNode implements Answers.Known {

    /** How a node treats others. */
    enum Manner {
        HONEST,
        /** Takes requests and says nothing. */
        DROPS,
        /** Says that the nearest are those of its gang, and that there is no value. */
        COLLUDES,
        /** Sends whoever asks to the right peers at wrong addresses. */
        MISLEADS
    }

    final PeerInfo info;
    final Contact contact;
    final RoutingTable table;
    private final DhtOptions options;
    Answers answers;
    Manner manner = Manner.HONEST;

    SimulatedNode(PeerInfo info, DhtOptions options, Instant now) {
        this.info = info;
        this.options = options;
        this.contact = SomePeers.contact(info);
        this.table = new RoutingTable(contact.id(), options.table(), now);
        this.answers = fresh();
    }

    PeerId peer() {
        return info.peer();
    }

    KadId id() {
        return contact.id();
    }

    /** Forgets its records. */
    void forget() {
        answers = fresh();
    }

    private Answers fresh() {
        return new Answers(
                info.peer(),
                options.rules(),
                new MemoryRecords(contact.id(), MemoryRecords.Bounds.DEFAULT),
                this,
                info::addresses);
    }

    @Override
    public List<Contact> closest(KadId target, int count) {
        return table.closest(target, count);
    }

    @Override
    public Optional<PeerInfo> find(PeerId peer) {
        return table.find(peer).map(Contact::info);
    }
}
