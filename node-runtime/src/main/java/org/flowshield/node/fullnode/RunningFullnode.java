package org.flowshield.node.fullnode;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.directory.DirectoryService;
import org.flowshield.node.fullnode.http.MarketServer;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.index.MarketSummary;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.swarm.ReachWords;
import org.flowshield.node.swarm.Swarm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fullnode that is on: index, chain, gossip, other fullnodes, answers; opened in this order and
 * closed in reverse. Each of its loops is a virtual thread of its own, but for the one that writes,
 * which blocks in native code.
 */
final class RunningFullnode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningFullnode.class);

    /** A pass over a million offers takes a fifth of a second. */
    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(10);

    private static final Duration SAVE_EVERY = Duration.ofMillis(500);

    /** When providers were heard of is worth little after a restart, and much to write. */
    private static final int SAVES_PER_PULSE = 120;

    private static final Duration ANNOUNCE_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANNOUNCE_AGAIN = Duration.ofSeconds(5);

    /** The DHT says it again by itself; this is for a network that was lost in between. */
    private static final Duration ANNOUNCE_EVERY = Duration.ofMinutes(10);

    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final MarketNetwork network;
    private final Index index;
    private final ChainLife chain;
    private final Intake intake;
    private final DirectoryService service;
    private final Swarm.Membership swarm;
    private final CatchUp catchUp;
    private final @Nullable MarketServer http;
    private final List<Thread> threads = new ArrayList<>();
    private final Runnable onChange;
    private volatile @Nullable Problem problem;

    private RunningFullnode(
            MarketNetwork network,
            Index index,
            ChainLife chain,
            Intake intake,
            DirectoryService service,
            Swarm.Membership swarm,
            CatchUp catchUp,
            @Nullable MarketServer http,
            Runnable onChange) {
        this.network = network;
        this.index = index;
        this.chain = chain;
        this.intake = intake;
        this.service = service;
        this.swarm = swarm;
        this.catchUp = catchUp;
        this.http = http;
        this.onChange = onChange;
    }

    /**
     * Opens it.
     *
     * @throws IOException if something is in the way; nothing is left then
     */
    static RunningFullnode open(
            FullnodeSettings settings,
            MarketChain.Configured chain,
            Swarm swarm,
            RandomGenerator random,
            Clock clock,
            Runnable onChange)
            throws IOException, InterruptedException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Index index = Index.open(settings.index(), settings.bounds(), clock.instant());
            opened.push(index);
            ChainLife life = new ChainLife(index, chain.standings(), chain.watch(), clock);
            life.resume();
            Intake intake =
                    new Intake(chain.network(), index, chain.standings(), clock, System::nanoTime);
            DirectoryService service =
                    new DirectoryService(
                            new MarketDirectory(index, clock, life::trouble), System::nanoTime);
            Swarm.Membership membership = swarm.join(settings.listen(), List.of(service));
            opened.push(membership);
            MarketServer http = null;
            if (settings.http().isPresent()) {
                http =
                        MarketServer.open(
                                settings.http().orElseThrow(), index, life::trouble, clock);
                opened.push(http);
            }
            RunningFullnode running =
                    new RunningFullnode(
                            chain.network(),
                            index,
                            life,
                            intake,
                            service,
                            membership,
                            new CatchUp(membership, chain.network(), intake, clock, random),
                            http,
                            onChange);
            running.start(clock);
            return running;
        } catch (IOException | InterruptedException | RuntimeException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened, Exception because) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                because.addSuppressed(e);
            }
        }
    }

    private void start(Clock clock) {
        swarm.follow(topic(network.listings()), intake::listing, _ -> {});
        swarm.follow(topic(network.heartbeats()), intake::heartbeat, _ -> {});
        threads.add(
                Thread.ofVirtual()
                        .name("fullnode-chain")
                        .start(
                                () ->
                                        again(
                                                () -> {
                                                    chain.step();
                                                    return ChainLife.EVERY;
                                                })));
        threads.add(Thread.ofVirtual().name("fullnode-sync").start(() -> again(catchUp::step)));
        threads.add(
                Thread.ofVirtual().name("fullnode-announce").start(() -> again(this::announce)));
        threads.add(
                Thread.ofVirtual()
                        .name("fullnode-upkeep")
                        .start(
                                () ->
                                        again(
                                                () -> {
                                                    index.upkeep(clock.instant());
                                                    return UPKEEP_EVERY;
                                                })));
        threads.add(Thread.ofPlatform().daemon().name("fullnode-save").start(this::saveAgain));
    }

    private static Topic topic(String name) {
        return new Topic(name);
    }

    /** What is done again and again, and how long to wait until then. */
    @FunctionalInterface
    private interface Step {
        Duration run() throws InterruptedException;
    }

    private void again(Step step) {
        try {
            while (true) {
                Thread.sleep(step.run());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException e) {
            LOG.error("the fullnode is broken", e);
            problem =
                    new Problem(
                            "fullnode_broken",
                            "the fullnode failed unexpectedly: " + e,
                            "its log says where; switch the role off and on, and report it");
            onChange.run();
        }
    }

    /** Why it broke; empty while it works. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    private Duration announce() {
        try {
            var _ = swarm.dht().provide(network.fullnodes(), ANNOUNCE_WITHIN);
            return ANNOUNCE_EVERY;
        } catch (IOException e) {
            LOG.debug("this fullnode is not announced yet: {}", e.getMessage());
            return ANNOUNCE_AGAIN;
        }
    }

    private void saveAgain() {
        int[] saves = {0};
        again(
                () -> {
                    try {
                        saves[0]++;
                        index.save(saves[0] % SAVES_PER_PULSE == 0);
                    } catch (IOException e) {
                        LOG.error("{}; it is tried again", e.getMessage());
                    }
                    return SAVE_EVERY;
                });
    }

    FullnodeStatus status() {
        MarketSummary summary = index.summary();
        return new FullnodeStatus(
                swarm.addresses().stream()
                        .map(address -> address.withPeer(swarm.host().peerId()).toString())
                        .toList(),
                ReachWords.of(swarm.reach(), swarm.addresses()),
                http == null ? null : http.url(),
                index.size(),
                summary.online(),
                summary.stale(),
                summary.wallets(),
                summary.heartbeatsPerSecond(),
                service.answered() + (http == null ? 0 : http.answered()),
                service.refused() + (http == null ? 0 : http.refused()),
                intake.listings(Intake.Fate.TOO_MUCH) + intake.heartbeats(Intake.Fate.TOO_MUCH),
                intake.listings(Intake.Fate.LIE) + intake.heartbeats(Intake.Fate.LIE),
                catchUp.fullnodes(),
                catchUp.syncedAt().orElse((Instant) null),
                chain.trouble().orElse((String) null));
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        if (http != null) {
            http.close();
        }
        swarm.dht().stopProviding(network.fullnodes());
        swarm.close();
        try {
            for (Thread thread : threads) {
                boolean _ = thread.join(END_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            index.close();
        } catch (IOException e) {
            LOG.warn("the index was not closed in order: {}", e.getMessage());
        }
    }
}
