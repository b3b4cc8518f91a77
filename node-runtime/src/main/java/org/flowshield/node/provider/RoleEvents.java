package org.flowshield.node.provider;

import java.util.Optional;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathEnd;
import org.jspecify.annotations.Nullable;

/** Passes on what happens to a running provider. Any thread; never waits. */
final class RoleEvents implements ProviderService.Watcher {

    private final ProviderService.Watcher watcher;
    private final Runnable onChange;

    private volatile @Nullable Problem problem;

    RoleEvents(ProviderService.Watcher watcher, Runnable onChange) {
        this.watcher = watcher;
        this.onChange = onChange;
    }

    /** Why it serves nobody any more. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    void broken(Problem why) {
        problem = why;
        onChange.run();
    }

    void changed() {
        onChange.run();
    }

    @Override
    public void opened(PeerId peer, Grant grant) {
        watcher.opened(peer, grant);
        onChange.run();
    }

    @Override
    public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {
        watcher.ended(peer, grant, carried, why);
        onChange.run();
    }

    void pathEnded(PathEnd end) {
        if (end.reason() != PathEnd.Reason.CLOSED) {
            broken(
                    new Problem(
                            "device_lost",
                            "the provider's device failed, its sessions are over: " + end.detail(),
                            "switch the role off and on again"));
        }
    }
}
