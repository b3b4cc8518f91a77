package org.flowshield.node.desk.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.AgentStatus;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Password;

/** Starts the process, if there is none, while the person types and the key is made. */
final class AgentUnlocking implements Unlocking {

    private final LocalWallet desk;
    private final AgentClient agent;
    private final Wallet wallet;
    private final Duration idle;
    private final FutureTask<Void> starting;
    private boolean unlocked;

    private AgentUnlocking(
            LocalWallet desk,
            AgentClient agent,
            Wallet wallet,
            Duration idle,
            FutureTask<Void> starting) {
        this.desk = desk;
        this.agent = agent;
        this.wallet = wallet;
        this.idle = idle;
        this.starting = starting;
    }

    static AgentUnlocking begin(
            LocalWallet desk,
            AgentClient agent,
            Wallet wallet,
            AgentStarter starter,
            Duration idle) {
        FutureTask<Void> starting =
                new FutureTask<>(
                        () -> {
                            if (!agent.isThere()) {
                                starter.start(wallet.folder());
                            }
                            return null;
                        });
        Thread _ = Thread.ofVirtual().name("start-agent").start(starting);
        return new AgentUnlocking(desk, agent, wallet, idle, starting);
    }

    @Override
    public WalletState.Unlocked unlock(Password password)
            throws DeskException, InterruptedException {
        AgentStatus status =
                Failures.told(
                        () -> {
                            try (DerivedKey derived = desk.derive(password)) {
                                await();
                                return agent.unlock(derived, idle);
                            }
                        });
        unlocked = true;
        Instant locksAt = Objects.requireNonNull(status.locksAt());
        return Failures.told(
                () ->
                        new WalletState.Unlocked(
                                wallet.folder(), wallet.accounts(), wallet.hasSeed(), locksAt));
    }

    private void await() throws IOException, InterruptedException {
        try {
            Void _ = starting.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? e.toString() : cause.getMessage(), e);
        }
    }

    /** A process that was started for nothing ends, and one that is open stays so. */
    @Override
    public void close() throws DeskException {
        if (unlocked) {
            return;
        }
        try {
            boolean _ =
                    Failures.told(
                            () -> {
                                await();
                                try {
                                    if (!agent.status().unlocked()) {
                                        agent.lock();
                                    }
                                } catch (NoAgentException e) {
                                    return false; // it is gone already
                                }
                                return true;
                            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself when nobody unlocks it
        }
    }
}
