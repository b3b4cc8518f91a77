package org.flowshield.libp2p.kad.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.records.RecordStore;
import org.flowshield.libp2p.kad.records.RecordTimes;
import org.flowshield.libp2p.kad.records.Validator;
import org.flowshield.libp2p.kad.records.Validators;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * What a server says to a request (kad-dht specification, RPC messages). Without I/O; safe for use
 * by any thread if what it is given is.
 */
public final class Answers {

    /** As many providers as fit into a small answer; the latest. */
    static final int MAX_PROVIDERS = 64;

    /** What the answers are made of: the routing table, and peers beside it. */
    public interface Known {

        /** The nearest peers of the routing table. */
        List<Contact> closest(KadId target, int count);

        /** A peer whose addresses are known, server or not. */
        Optional<PeerInfo> find(PeerId peer);
    }

    /**
     * By what rules answers are made.
     *
     * @param bucketSize k: so many of the nearest peers are told
     * @param addresses which addresses of providers are kept
     * @param validators which values are kept
     * @param times how long records are kept
     */
    public record Rules(
            int bucketSize, AddressPolicy addresses, Validators validators, RecordTimes times) {}

    private final PeerId self;
    private final Rules rules;
    private final RecordStore records;
    private final Known known;
    private final Supplier<List<Multiaddr>> ownAddresses;

    public Answers(
            PeerId self,
            Rules rules,
            RecordStore records,
            Known known,
            Supplier<List<Multiaddr>> ownAddresses) {
        this.self = self;
        this.rules = rules;
        this.records = records;
        this.known = known;
        this.ownAddresses = ownAddresses;
    }

    /**
     * Answers a request.
     *
     * @param sender who asks, as its connection has proven
     * @return empty for a request that is not answered
     */
    public Optional<Response> answer(Request request, PeerId sender, Instant now)
            throws RequestRefusedException {
        return switch (request) {
            case Request.Ping _ -> Optional.of(Response.EMPTY);
            case Request.FindNode find -> Optional.of(findNode(find.key(), sender));
            case Request.GetValue get ->
                    Optional.of(
                            new Response(
                                    value(get.key(), now), closer(get.key(), sender), List.of()));
            case Request.GetProviders get ->
                    Optional.of(
                            new Response(
                                    Optional.empty(),
                                    closer(get.key(), sender),
                                    providers(get.key(), now)));
            case Request.PutValue put -> {
                keep(put.record(), now);
                yield Optional.of(new Response(Optional.of(put.record()), List.of(), List.of()));
            }
            case Request.AddProvider add -> {
                keep(add, sender, now);
                yield Optional.empty();
            }
        };
    }

    /** The target itself comes first if it is known, even if it is us or the one who asks. */
    private Response findNode(RecordKey key, PeerId sender) {
        List<PeerInfo> closer = new ArrayList<>();
        target(key).ifPresent(closer::add);
        for (PeerInfo one : closer(key, sender)) {
            if (closer.size() < rules.bucketSize()
                    && (closer.isEmpty() || !closer.getFirst().peer().equals(one.peer()))) {
                closer.add(one);
            }
        }
        return new Response(Optional.empty(), closer, List.of());
    }

    private Optional<PeerInfo> target(RecordKey key) {
        return Keys.peerId(key)
                .flatMap(
                        peer ->
                                peer.equals(self)
                                        ? Optional.of(new PeerInfo(self, ownAddresses.get()))
                                        : known.find(peer))
                .filter(info -> !info.addresses().isEmpty());
    }

    private List<PeerInfo> closer(RecordKey key, PeerId sender) {
        return known.closest(KadId.of(key), rules.bucketSize() + 1).stream()
                .filter(contact -> !contact.peer().equals(sender))
                .limit(rules.bucketSize())
                .map(Contact::info)
                .toList();
    }

    private Optional<ValueRecord> value(RecordKey key, Instant now) throws RequestRefusedException {
        try {
            Validator validator = rules.validators().of(key);
            Optional<ValueRecord> kept = records.value(key, now);
            if (kept.isPresent()) {
                validator.check(key, kept.get().value()); // it may have run out meanwhile
            }
            return kept;
        } catch (InvalidValueException e) {
            if (e.reason() == InvalidValueException.Reason.BAD_VALUE) {
                return Optional.empty();
            }
            throw new RequestRefusedException(String.valueOf(e.getMessage()));
        }
    }

    private List<PeerInfo> providers(RecordKey key, Instant now) {
        return records.providers(key, now).stream().limit(MAX_PROVIDERS).toList();
    }

    private void keep(ValueRecord record, Instant now) throws RequestRefusedException {
        try {
            Validator validator = rules.validators().of(record.key());
            validator.check(record.key(), record.value());
            Optional<ValueRecord> before = records.value(record.key(), now);
            if (before.isPresent()
                    && validator.isBetter(record.key(), before.get().value(), record.value())) {
                throw new RequestRefusedException("a better value of " + record.key() + " is kept");
            }
        } catch (InvalidValueException e) {
            throw new RequestRefusedException(String.valueOf(e.getMessage()));
        }
        ValueRecord received = new ValueRecord(record.key(), record.value(), Optional.of(now));
        if (!records.put(received, now.plus(rules.times().value()), now)) {
            throw new RequestRefusedException("there is no room for " + record.key());
        }
    }

    /** Nobody can say of another that it provides. */
    private void keep(Request.AddProvider add, PeerId sender, Instant now)
            throws RequestRefusedException {
        for (PeerInfo provider : add.providers()) {
            List<Multiaddr> usable = rules.addresses().of(provider.addresses());
            if (provider.peer().equals(sender) && !usable.isEmpty()) {
                PeerInfo told = new PeerInfo(sender, usable);
                if (!records.addProvider(
                        add.key(), told, now.plus(rules.times().provider()), now)) {
                    throw new RequestRefusedException("there is no room for " + add.key());
                }
                return;
            }
        }
        throw new RequestRefusedException(
                "nobody but a provider itself, with an address, says that it provides");
    }
}
