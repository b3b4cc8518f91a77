package org.flowshield.libp2p.kad;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.exchange.Answers;
import org.flowshield.libp2p.kad.exchange.Client;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.routing.Offer;
import org.flowshield.libp2p.kad.routing.RoutingTable;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing table with what fills and clears it: peers that say who they are get a place when
 * they have answered a request, and those that are asked to make room are checked first. Safe for
 * use by any thread; checks block, for virtual threads.
 */
final class Neighbours implements Answers.Known {

    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

    /** Newcomers that are checked at a time; any above are taken up when they are met again. */
    private static final int MAX_CHECKS = 32;

    private final Request probe;
    private final DhtOptions options;
    private final Client client;
    private final Clock clock;
    private final AddressBook book = new AddressBook();
    private final Semaphore checks = new Semaphore(MAX_CHECKS);

    /** Guarded by itself. */
    private final RoutingTable table;

    Neighbours(PeerId self, DhtOptions options, Client client, Clock clock) {
        this.probe = new Request.FindNode(RecordKey.of(self));
        this.options = options;
        this.client = client;
        this.clock = clock;
        this.table = new RoutingTable(KadId.of(self), options.table(), clock.instant());
    }

    /** A peer has said who it is. */
    void identified(Connection connection, Identified who) {
        List<Multiaddr> usable = options.addresses().of(who.addresses());
        PeerInfo info = new PeerInfo(who.peer(), usable);
        if (!usable.isEmpty()) {
            book.told(info, clock.instant());
        }
        if (!who.protocols().contains(options.protocol())) {
            remove(who.peer());
            return;
        }
        if (usable.isEmpty() || !checks.tryAcquire()) {
            return;
        }
        Thread.ofVirtual()
                .name("kad-check")
                .start(
                        () -> {
                            try {
                                admit(connection, info);
                            } catch (IOException e) {
                                LOG.debug("{} gets no place: {}", who.peer(), e.getMessage());
                            } finally {
                                checks.release();
                            }
                        });
    }

    /**
     * Gives the peer of a connection a place if it answers and there is room.
     *
     * @throws IOException if it does not answer
     */
    void admit(Connection connection, PeerInfo info) throws IOException {
        client.askOn(connection, probe);
        Optional<Network> network = AddressPolicy.counted(connection.remoteAddress());
        Contact newcomer = Contact.of(info, network);
        if (offer(newcomer) instanceof Offer.Full full && !isAlive(full.oldest())) {
            remove(full.oldest().peer());
            offer(newcomer);
        }
    }

    private boolean isAlive(Contact contact) {
        try {
            client.ask(contact.info(), probe);
            answered(contact.peer());
            return true;
        } catch (IOException e) {
            LOG.debug("{} loses its place: {}", contact.peer(), e.getMessage());
            return false;
        }
    }

    private Offer offer(Contact newcomer) {
        synchronized (table) {
            return table.offer(newcomer, clock.instant());
        }
    }

    private void remove(PeerId peer) {
        synchronized (table) {
            table.remove(peer);
        }
    }

    void answered(PeerId peer) {
        synchronized (table) {
            table.answered(peer, clock.instant());
        }
    }

    void failed(PeerId peer) {
        synchronized (table) {
            table.failed(peer);
        }
    }

    void searched(KadId target) {
        synchronized (table) {
            table.searched(target, clock.instant());
        }
    }

    List<RecordKey> toRefresh(Duration interval, RandomGenerator random) {
        Instant now = clock.instant();
        synchronized (table) {
            return table.toRefresh(interval, now, random);
        }
    }

    List<Contact> contacts() {
        synchronized (table) {
            return table.contacts();
        }
    }

    @Override
    public List<Contact> closest(KadId target, int count) {
        synchronized (table) {
            return table.closest(target, count);
        }
    }

    @Override
    public Optional<PeerInfo> find(PeerId peer) {
        Optional<PeerInfo> told = book.find(peer, clock.instant());
        if (told.isPresent()) {
            return told;
        }
        synchronized (table) {
            return table.find(peer).map(Contact::info);
        }
    }
}
