package org.flowshield.node.fullnode;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.role.Fullnode;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.swarm.Swarm;
import org.jspecify.annotations.Nullable;

/**
 * Knows the market, and answers whoever looks for a provider. Without a chain nobody can say who is
 * staked: then it does not start, and says why.
 */
public final class FullnodeRole implements Fullnode {

    private static final FullnodeStatus OFF =
            new FullnodeStatus(List.of(), null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);

    private final FullnodeSettings settings;
    private final MarketChain chain;
    private final Swarm swarm;
    private final RandomGenerator random;
    private final Clock clock;

    private volatile Runnable listener = () -> {};
    private volatile @Nullable RunningFullnode running;

    /** A fullnode that is off. */
    public FullnodeRole(
            FullnodeSettings settings,
            MarketChain chain,
            Swarm swarm,
            RandomGenerator random,
            Clock clock) {
        this.settings = settings;
        this.chain = chain;
        this.swarm = swarm;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public RoleName name() {
        return RoleName.FULLNODE;
    }

    @Override
    public void onChange(Runnable onChange) {
        listener = onChange;
    }

    @Override
    public void start() throws RefusedException, InterruptedException {
        if (running != null) {
            return;
        }
        switch (chain) {
            case MarketChain.Missing(var why) ->
                    throw new RefusedException(RefusedException.Kind.REFUSED, why);
            case MarketChain.Configured configured -> {
                try {
                    running =
                            RunningFullnode.open(
                                    settings,
                                    configured,
                                    swarm,
                                    random,
                                    clock,
                                    () -> listener.run());
                } catch (IOException e) {
                    throw NodeFailure.of(e);
                }
            }
        }
    }

    @Override
    public void stop() {
        RunningFullnode fullnode = running;
        if (fullnode != null) {
            fullnode.close();
            running = null;
        }
    }

    @Override
    public Optional<Problem> problem() {
        RunningFullnode fullnode = running;
        return fullnode == null ? Optional.empty() : fullnode.problem();
    }

    @Override
    public FullnodeStatus status() {
        RunningFullnode fullnode = running;
        return fullnode == null ? OFF : fullnode.status();
    }
}
