package org.flowshield.node.provider;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.role.Provider;
import org.flowshield.node.role.Rehearsal;
import org.flowshield.node.swarm.Swarm;
import org.flowshield.node.tunnel.ProviderService;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients use this machine's way to the internet. A start that is interrupted is undone as a
 * whole, and whatever was changed in the machine is put back when it stops.
 */
public final class ProviderRole implements Provider {

    private static final ProviderStatus OFF =
            new ProviderStatus(
                    List.of(), ReachStatus.OFF, false, false, 0, List.of(), Traffic.NONE, Map.of());

    private final Supplier<ProviderSettings> settings;
    private final ProviderPlatform platform;
    private final Swarm swarm;
    private final SecureRandom random;
    private final ProviderService.Watcher watcher;
    private final Supplier<Cashier> cashier;

    private volatile Runnable listener = () -> {};
    private volatile @Nullable RunningProvider running;
    private volatile @Nullable RoleEvents events;

    /**
     * A provider that is off.
     *
     * @param swarm where its clients find it
     * @param watcher told of sessions, from any thread; must not wait
     * @param cashier has them paid
     */
    public ProviderRole(
            ProviderSettings settings,
            ProviderPlatform platform,
            Swarm swarm,
            SecureRandom random,
            ProviderService.Watcher watcher,
            Cashier cashier) {
        this(() -> settings, platform, swarm, random, watcher, () -> cashier);
    }

    /**
     * A provider that is off, and serves on the terms that hold whenever it is switched on.
     *
     * @param swarm where its clients find it
     * @param watcher told of sessions, from any thread; must not wait
     */
    public ProviderRole(
            Supplier<ProviderSettings> settings,
            ProviderPlatform platform,
            Swarm swarm,
            SecureRandom random,
            ProviderService.Watcher watcher,
            Supplier<Cashier> cashier) {
        this.settings = settings;
        this.platform = platform;
        this.swarm = swarm;
        this.random = random;
        this.watcher = watcher;
        this.cashier = cashier;
    }

    @Override
    public RoleName name() {
        return RoleName.PROVIDER;
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
        ProviderSettings terms = settings.get();
        if (terms.charge() instanceof Charge.Undecided(Problem problem)) {
            throw new RefusedException(RefusedException.Kind.REFUSED, problem);
        }
        RoleEvents of = new RoleEvents(watcher, () -> listener.run());
        // On a thread that nobody interrupts: a command cut short could not be undone either.
        CompletableFuture<RunningProvider> opening =
                CompletableFuture.supplyAsync(
                        () -> open(of, terms),
                        task -> Thread.ofPlatform().name("provider").start(task));
        try {
            running = opening.get();
            events = of;
            new Rehearsal(random).begin();
        } catch (InterruptedException e) {
            opening.thenAccept(RunningProvider::close).exceptionally(_ -> null).join();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw NodeFailure.of(failure);
            }
            throw new IllegalStateException("the provider could not be opened", e.getCause());
        }
    }

    private RunningProvider open(RoleEvents of, ProviderSettings terms) {
        try {
            return RunningProvider.open(terms, platform, swarm, random, of, cashier.get());
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void stop() {
        RunningProvider provider = running;
        if (provider != null) {
            provider.close();
            running = null;
            events = null;
        }
    }

    @Override
    public Optional<Problem> problem() {
        RoleEvents of = events;
        return of == null ? Optional.empty() : of.problem();
    }

    @Override
    public ProviderStatus status() {
        RunningProvider provider = running;
        return provider == null ? OFF : provider.status();
    }

    @Override
    public List<LimitStatus> limits() {
        RunningProvider provider = running;
        return provider == null ? List.of() : provider.limits();
    }
}
