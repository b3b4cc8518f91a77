package org.flowshield.libp2p.kad;

import java.time.Duration;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.exchange.Answers;
import org.flowshield.libp2p.kad.lookup.LookupLimits;
import org.flowshield.libp2p.kad.records.RecordTimes;
import org.flowshield.libp2p.kad.records.Validators;
import org.flowshield.libp2p.kad.routing.TableLimits;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * What a node of a DHT is set to. Immutable.
 *
 * @param protocol which network: only those that speak the same one know each other
 * @param server true if others can reach this node; it then answers and has a place in their
 *     tables. A client only asks.
 * @param addresses which addresses of others are of use
 * @param validators which values are known here
 * @param table bounds of the routing table
 * @param lookup bounds of each search
 * @param times how long records last
 * @param refresh every so often the routing table is refreshed
 */
public record DhtOptions(
        ProtocolId protocol,
        boolean server,
        AddressPolicy addresses,
        Validators validators,
        TableLimits table,
        LookupLimits lookup,
        RecordTimes times,
        Duration refresh) {

    /** Our own network's. */
    public static final ProtocolId FLOWSHIELD = new ProtocolId("/flowshield/kad/1.0.0");

    /** The public network of IPFS. */
    public static final ProtocolId IPFS = new ProtocolId("/ipfs/kad/1.0.0");

    /** A server of our own network on the internet; refreshes as go-libp2p-kad-dht does. */
    public static final DhtOptions DEFAULT =
            new DhtOptions(
                    FLOWSHIELD,
                    true,
                    AddressPolicy.INTERNET,
                    Validators.DEFAULT,
                    TableLimits.DEFAULT,
                    LookupLimits.DEFAULT,
                    RecordTimes.DEFAULT,
                    Duration.ofMinutes(10));

    /** By what rules requests are answered. */
    Answers.Rules rules() {
        return new Answers.Rules(table.bucketSize(), addresses, validators, times);
    }

    public DhtOptions withProtocol(ProtocolId id) {
        return new DhtOptions(id, server, addresses, validators, table, lookup, times, refresh);
    }

    public DhtOptions asClient() {
        return new DhtOptions(
                protocol, false, addresses, validators, table, lookup, times, refresh);
    }

    public DhtOptions withAddresses(AddressPolicy policy) {
        return new DhtOptions(protocol, server, policy, validators, table, lookup, times, refresh);
    }

    public DhtOptions withValidators(Validators known) {
        return new DhtOptions(protocol, server, addresses, known, table, lookup, times, refresh);
    }

    public DhtOptions withTimes(RecordTimes last) {
        return new DhtOptions(
                protocol, server, addresses, validators, table, lookup, last, refresh);
    }

    public DhtOptions withRefresh(Duration interval) {
        return new DhtOptions(
                protocol, server, addresses, validators, table, lookup, times, interval);
    }

    /** As many peers of one /24 or /48 as there are: for networks of one operator. */
    public DhtOptions withoutDiversity() {
        return new DhtOptions(
                protocol,
                server,
                addresses,
                validators,
                table.withoutDiversity(),
                lookup.withoutDiversity(),
                times,
                refresh);
    }
}
