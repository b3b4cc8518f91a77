package org.flowshield.node.provider;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.node.tunnel.queue.Rate;

/**
 * What an operator decides on. Immutable.
 *
 * @param listen where clients are awaited, at least one; port 0 takes a free one
 * @param exitAllow ranges that sessions may reach although the exit policy refuses them
 * @param resolvers who answers the sessions' questions for names; empty for the machine's own
 * @param maxSessions at a time
 * @param maxFlows that one session may have open at a time
 * @param refusedPorts of TCP, to which sessions don't get
 * @param rate of one session, in each direction
 * @param totalRate of all sessions together, in each direction
 * @param charge what they are served for
 */
public record ProviderSettings(
        List<Multiaddr> listen,
        List<Cidr> exitAllow,
        List<InetSocketAddress> resolvers,
        int maxSessions,
        int maxFlows,
        Set<Integer> refusedPorts,
        Rate rate,
        Rate totalRate,
        Charge charge) {

    public ProviderSettings {
        listen = List.copyOf(listen);
        exitAllow = List.copyOf(exitAllow);
        resolvers = List.copyOf(resolvers);
        refusedPorts = Set.copyOf(refusedPorts);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("a provider listens somewhere");
        }
        if (maxSessions < 1) {
            throw new IllegalArgumentException("a provider serves at least one session");
        }
        if (resolvers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("a resolver is named by its address");
        }
    }

    /** What holds for an operator who says where to listen and for what, and no more. */
    public static ProviderSettings of(List<Multiaddr> listen, Charge charge) {
        return new ProviderSettings(
                listen,
                List.of(),
                List.of(),
                ProviderTerms.DEFAULT_SESSIONS,
                ExitPolicy.DEFAULT_MAX_FLOWS,
                ExitPolicy.MAIL,
                Rate.UNLIMITED,
                Rate.UNLIMITED,
                charge);
    }

    /** The same with these ranges opened. */
    public ProviderSettings withExitAllow(List<Cidr> ranges) {
        return new ProviderSettings(
                listen,
                ranges,
                resolvers,
                maxSessions,
                maxFlows,
                refusedPorts,
                rate,
                totalRate,
                charge);
    }

    /** The same with these resolvers. */
    public ProviderSettings withResolvers(List<InetSocketAddress> these) {
        return new ProviderSettings(
                listen,
                exitAllow,
                these,
                maxSessions,
                maxFlows,
                refusedPorts,
                rate,
                totalRate,
                charge);
    }

    PathLimits limits() {
        return PathLimits.DEFAULT.withRates(rate, totalRate);
    }

    ExitPolicy policy(List<Cidr> onLink) {
        return new ExitPolicy(exitAllow, onLink, refusedPorts, maxFlows);
    }
}
