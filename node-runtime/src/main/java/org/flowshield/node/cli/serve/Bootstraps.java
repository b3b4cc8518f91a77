package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Version;
import org.flowshield.node.config.Config;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.finder.Beginning;
import org.flowshield.node.finder.Finder;
import org.flowshield.node.finder.FoundNodes;
import org.flowshield.node.network.KeptNetwork;
import org.flowshield.node.routing.linux.SocketMarks;
import org.flowshield.node.swarm.SwarmSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a daemon begins with: the nodes that somebody chose while it ran, or else those that are
 * configured, then those of the network file.
 */
final class Bootstraps {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstraps.class);

    private Bootstraps() {}

    static SwarmSettings swarm(Config config, DataDirectory data, KeptNetwork kept) {
        return new SwarmSettings(
                kept.bootstrap(),
                config.announce(),
                config.isLocal(),
                SocketMarks.ofThisProcess(),
                "flowshield/" + Version.current(),
                Optional.of(data.peers()),
                config.mapsPorts(),
                config.mdns());
    }

    /** Whom a client's searches begin with. */
    static Beginning client(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            Names names,
            Finder.Settings market,
            SecureRandom random,
            Clock clock) {
        return new Beginning(
                kept::bootstrap, names, found(config, data, market.policy(), random, clock));
    }

    private static FoundNodes found(
            Config config,
            DataDirectory data,
            AddressPolicy policy,
            SecureRandom random,
            Clock clock) {
        if (config.remembers()) {
            return FoundNodes.open(data.found(), policy, clock, random);
        }
        try {
            boolean _ = Files.deleteIfExists(data.found());
        } catch (IOException e) {
            LOG.error(
                    "network.remember is off, and {} of earlier runs can't be deleted ({}): delete"
                            + " it yourself",
                    data.found(),
                    e.toString());
        }
        return FoundNodes.inMemory(policy, clock, random);
    }

    /** Where nobody chose others. */
    static List<Multiaddr> usual(Config config, DataDirectory data) {
        Set<Multiaddr> all = new LinkedHashSet<>(config.bootstrap());
        Money.networkFile(config, data)
                .filter(Files::exists)
                .map(Bootstraps::named)
                .ifPresent(named -> named.forEach(text -> peer(text).ifPresent(all::add)));
        return List.copyOf(all);
    }

    private static List<String> named(Path file) {
        try {
            return NetworkFile.read(file).bootstrap();
        } catch (IOException | MalformedNetworkException e) {
            LOG.debug("what is wrong with the network file is told where payment begins", e);
            return List.of();
        }
    }

    private static Optional<Multiaddr> peer(String text) {
        try {
            Multiaddr address = Multiaddr.parse(text);
            if (address.peerId().isPresent()) {
                return Optional.of(address);
            }
            LOG.error("bootstrap node '{}' of the network file does not end in /p2p/ID", text);
        } catch (MalformedMultiaddrException e) {
            LOG.error("bootstrap node '{}' of the network file: {}", text, e.getMessage());
        }
        return Optional.empty();
    }
}
