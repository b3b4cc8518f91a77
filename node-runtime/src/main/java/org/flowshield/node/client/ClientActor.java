package org.flowshield.node.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.client.ClientMachine.Answer;
import org.flowshield.node.client.ClientMachine.Begin;
import org.flowshield.node.client.ClientMachine.BlockingFailed;
import org.flowshield.node.client.ClientMachine.Connect;
import org.flowshield.node.client.ClientMachine.Connected;
import org.flowshield.node.client.ClientMachine.Connecting;
import org.flowshield.node.client.ClientMachine.Disconnect;
import org.flowshield.node.client.ClientMachine.Disconnected;
import org.flowshield.node.client.ClientMachine.Disconnecting;
import org.flowshield.node.client.ClientMachine.Effect;
import org.flowshield.node.client.ClientMachine.End;
import org.flowshield.node.client.ClientMachine.Ended;
import org.flowshield.node.client.ClientMachine.Event;
import org.flowshield.node.client.ClientMachine.Granted;
import org.flowshield.node.client.ClientMachine.Held;
import org.flowshield.node.client.ClientMachine.NetworkChanged;
import org.flowshield.node.client.ClientMachine.Opened;
import org.flowshield.node.client.ClientMachine.PolicyFailed;
import org.flowshield.node.client.ClientMachine.Ranked;
import org.flowshield.node.client.ClientMachine.Reconnecting;
import org.flowshield.node.client.ClientMachine.State;
import org.flowshield.node.client.ClientMachine.Tick;
import org.flowshield.node.client.ClientMachine.Transition;
import org.flowshield.node.client.Sessions.Session;
import org.flowshield.node.routing.Uplinks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link ClientMachine} on one virtual thread. The policy of a state is in force before
 * anybody sees the state. Any thread may call the methods.
 *
 * <p>If the thread fails, whatever is blocked stays blocked until {@link #close}.
 */
final class ClientActor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    /** Askers, and the few events of a session. Who finds it full waits; that is never this. */
    private static final int MAILBOX = 64;

    /** How often a client without a session looks whether the network is another. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The longest that it sleeps; nothing but a bound. */
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);

    /**
     * What others see; the times are for people.
     *
     * @param settings under which its policy is in force
     * @param since when a state of this kind was first announced
     * @param next when the next attempt begins; null if none is waited for
     */
    record Announced(State state, ClientSettings settings, Instant since, @Nullable Instant next) {}

    private final Firewall firewall;
    private final Sessions sessions;
    private final Uplinks uplinks;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final RandomGenerator random;
    private final Runnable onChange;
    private final BlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final AtomicLong askers = new AtomicLong();
    private final Map<Long, CompletableFuture<Optional<Failure>>> unanswered =
            new ConcurrentHashMap<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Of each request that is not yet seen: who can be gone to. */
    private final Map<Long, Supplier<List<Tour.Stop>>> stops = new ConcurrentHashMap<>();

    private final Thread thread;

    private volatile Announced announced;
    private volatile @Nullable Session shown;

    /** True once nobody reads the mailbox any more. */
    private volatile boolean deaf;

    // The actor's own.
    private State state;
    private ClientSettings settings;
    private Optional<FirewallPolicy> inForce;
    private final Map<Long, Session> running = new HashMap<>();
    private String network = "";
    private Supplier<List<Tour.Stop>> others = List::of;
    private List<Tour.Stop> ranked = List.of();

    /**
     * @param settings that policies are under until others are chosen
     * @param nanoTime monotonic; all that is decided goes by it
     * @param clock for what people read
     * @param random safe for use by any thread
     * @param onChange called after each announcement; does not wait
     * @param held whether the firewall holds traffic that an earlier process kept back
     */
    ClientActor(
            Firewall firewall,
            Sessions sessions,
            Uplinks uplinks,
            ClientSettings settings,
            LongSupplier nanoTime,
            Clock clock,
            RandomGenerator random,
            Runnable onChange,
            boolean held) {
        this.state = held ? ClientMachine.startHeld() : ClientMachine.start();
        this.inForce = held ? Optional.empty() : Optional.of(new FirewallPolicy.Open());
        this.firewall = firewall;
        this.sessions = sessions;
        this.uplinks = uplinks;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.random = random;
        this.onChange = onChange;
        this.announced = new Announced(state, settings, clock.instant(), null);
        this.thread = Thread.ofVirtual().name("client").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Announced announced() {
        return announced;
    }

    /** The session that is open, or the last that was. */
    Optional<Session> lastOpen() {
        return Optional.ofNullable(shown);
    }

    /** True once a mistake in the program has ended the thread; what was blocked stays so. */
    boolean isBroken() {
        return deaf && !over.isDone();
    }

    /** To one alone. */
    CompletableFuture<Optional<Failure>> connect(Target target) throws InterruptedException {
        return connect(target, List::of);
    }

    /**
     * Completes when connected, or with why not.
     *
     * @param others who can be gone to beside it, asked before each step; does not wait
     */
    CompletableFuture<Optional<Failure>> connect(Target target, Supplier<List<Tour.Stop>> others)
            throws InterruptedException {
        return ask(
                asker -> {
                    stops.put(asker, others);
                    Connect event = new Connect(asker, Tour.to(asker, target), now());
                    return () -> handle(event);
                });
    }

    /** Completes when disconnected, or with why not. */
    CompletableFuture<Optional<Failure>> disconnect() throws InterruptedException {
        return ask(
                asker -> {
                    Disconnect event = new Disconnect(asker, now());
                    return () -> handle(event);
                });
    }

    /**
     * Completes when policies are under these settings, also the one in force, or with why they are
     * as before.
     */
    CompletableFuture<Optional<Failure>> choose(ClientSettings wanted) throws InterruptedException {
        return ask(asker -> () -> choose(asker, wanted));
    }

    private CompletableFuture<Optional<Failure>> ask(LongFunction<Runnable> question)
            throws InterruptedException {
        long asker = askers.incrementAndGet();
        CompletableFuture<Optional<Failure>> answer = new CompletableFuture<>();
        unanswered.put(asker, answer);
        Runnable work = question.apply(asker);
        while (!deaf && !mailbox.offer(work, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("waiting for room in the client's mailbox");
        }
        if (deaf) {
            answer(asker, Optional.of(Failure.STOPPED));
        }
        return answer;
    }

    /** Ends the thread; then nothing is blocked and no session is left. Idempotent. */
    @Override
    public void close() {
        thread.interrupt();
        over.join();
    }

    private void run() {
        try {
            while (true) {
                await().run();
            }
        } catch (InterruptedException e) {
            LOG.debug("the client is stopped");
        } catch (RuntimeException e) {
            LOG.error("The client failed; traffic stays blocked if it was.", e);
            listenNoMore();
            onChange.run();
            awaitStop();
        } finally {
            boolean _ = Thread.interrupted(); // what follows must not be cut short
            listenNoMore();
            release();
            over.complete(null);
        }
    }

    private void listenNoMore() {
        deaf = true;
        unanswered.keySet().forEach(asker -> answer(asker, Optional.of(Failure.STOPPED)));
    }

    private static void awaitStop() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
    }

    private void release() {
        running.values().forEach(Session::end);
        try {
            firewall.apply(new FirewallPolicy.Open());
        } catch (IOException e) {
            LOG.error(
                    "Not all of the network could be put back; run: flowshield cleanup. {}",
                    e.getMessage());
        }
    }

    private Runnable await() throws InterruptedException {
        long now = nanoTime.getAsLong();
        OptionalLong wakeAt = ClientMachine.wakeAt(state);
        long sleep = LONGEST_SLEEP.toNanos();
        if (wakeAt.isPresent()) {
            sleep = Math.clamp(wakeAt.getAsLong() - now, 0, sleep);
        }
        if (state instanceof Reconnecting) {
            sleep = Math.min(sleep, LOOK_EVERY.toNanos());
        }
        Runnable work = mailbox.poll(sleep, TimeUnit.NANOSECONDS);
        if (work != null) {
            return work;
        }
        boolean changed = state instanceof Reconnecting && !uplinks.fingerprint().equals(network);
        Event event = changed ? new NetworkChanged(now()) : new Tick(now());
        return () -> handle(event);
    }

    /** Deals with what is in the mailbox, in place of the thread, which must not have started. */
    void handleAll() {
        for (Runnable work = mailbox.poll(); work != null; work = mailbox.poll()) {
            work.run();
        }
    }

    /** The actor's thread, or a test before it starts. */
    void handle(Event event) {
        if (!(event instanceof Connect)) {
            rank(); // what is decided now goes by what is known now
        }
        if (event instanceof Granted granted && awaits(granted)) {
            // The route of the device before went with it, also where all else is the same.
            inForce = inForce.filter(policy -> !(policy instanceof FirewallPolicy.Tunnel));
        }
        step(ClientMachine.next(state, event));
        if (event instanceof Connect(long asker, _, _)) {
            Supplier<List<Tour.Stop>> known = stops.remove(asker);
            others = known == null ? List::of : known;
            ranked = List.of();
            rank();
        }
        if (event instanceof Ended(long session, _, _)) {
            running.remove(session);
        }
    }

    /** What the machine refuses is not chosen; what was is put into force again. */
    private void choose(long asker, ClientSettings wanted) {
        ClientSettings before = settings;
        settings = wanted;
        Optional<Failure> refused = enforce(state.policy());
        if (refused.isPresent()) {
            settings = before;
            step(new Transition(state, List.of()));
        } else if (!wanted.equals(before)) {
            announced = new Announced(state, settings, announced.since(), announced.next());
            onChange.run();
        }
        answer(asker, refused);
    }

    /** What is granted late, or twice, changes nothing of what is in force. */
    private boolean awaits(Granted granted) {
        return switch (state) {
            case Connecting connecting -> connecting.session() == granted.session();
            case Reconnecting reconnecting ->
                    reconnecting.trying() && reconnecting.session() == granted.session();
            case Disconnected _, Held _, Connected _, Disconnecting _, BlockingFailed _ -> false;
        };
    }

    private void rank() {
        List<Tour.Stop> now = others.get();
        if (!now.equals(ranked)) {
            ranked = now;
            step(ClientMachine.next(state, new Ranked(now)));
        }
    }

    private void step(Transition transition) {
        State before = state;
        state = transition.state();
        List<Answer> answers = new ArrayList<>();
        for (Effect effect : transition.effects()) {
            switch (effect) {
                case Begin begin -> begin(begin);
                case End(long session) -> end(session);
                case Answer answer -> answers.add(answer);
            }
        }
        Optional<Failure> refused = enforce(state.policy());
        if (refused.isPresent()) {
            step(ClientMachine.next(state, failed(refused.orElseThrow(), answers)));
        } else {
            announce(before);
        }
        answers.forEach(answer -> answer(answer.asker(), answer.failure()));
    }

    /** Takes the good news out of what was to be told. */
    private PolicyFailed failed(Failure why, List<Answer> answers) {
        Set<Long> disappointed = new HashSet<>();
        for (Answer answer : answers) {
            if (answer.failure().isEmpty()) {
                disappointed.add(answer.asker());
            }
        }
        answers.removeIf(answer -> disappointed.contains(answer.asker()));
        return new PolicyFailed(why, disappointed, now());
    }

    private Optional<Failure> enforce(Optional<FirewallPolicy> ofState) {
        Optional<FirewallPolicy> wanted = ofState.map(policy -> policy.under(settings));
        if (wanted.isEmpty() || wanted.equals(inForce)) {
            return Optional.empty();
        }
        inForce = Optional.empty();
        try {
            firewall.apply(wanted.orElseThrow());
            inForce = wanted;
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Failure.of(e));
        }
    }

    private void announce(State before) {
        if (state.equals(before)) {
            return;
        }
        if (state instanceof Connected connected) {
            shown = running.get(connected.session());
        }
        boolean sameKind = state.getClass().equals(announced.state().getClass());
        Instant now = clock.instant();
        announced =
                new Announced(
                        state,
                        settings,
                        sameKind ? announced.since() : now,
                        nextAttempt(state, now));
        onChange.run();
    }

    private @Nullable Instant nextAttempt(State of, Instant now) {
        OptionalLong at =
                switch (of) {
                    case Reconnecting(_, _, _, long next, boolean trying, _, _) when !trying ->
                            OptionalLong.of(next);
                    case BlockingFailed failed when failed.tour().isPresent() ->
                            OptionalLong.of(failed.next());
                    case Disconnected _,
                            Held _,
                            Connecting _,
                            Connected _,
                            Reconnecting _,
                            Disconnecting _,
                            BlockingFailed _ ->
                            OptionalLong.empty();
                };
        return at.isPresent() ? now.plusNanos(at.getAsLong() - nanoTime.getAsLong()) : null;
    }

    private void answer(long asker, Optional<Failure> failure) {
        CompletableFuture<Optional<Failure>> asked = unanswered.remove(asker);
        if (asked != null) {
            asked.complete(failure);
        }
    }

    private void begin(Begin begin) {
        network = uplinks.fingerprint();
        running.put(
                begin.session(),
                sessions.begin(
                        begin.tour().request(),
                        begin.tour().present(),
                        new Sessions.Listener() {
                            @Override
                            public void granted(FirewallPolicy.Tunnel tunnel) {
                                put(new Granted(begin.session(), tunnel, now()));
                            }

                            @Override
                            public void opened(FirewallPolicy.Tunnel tunnel) {
                                put(new Opened(begin.session(), tunnel, now()));
                            }

                            @Override
                            public void ended(Failure why) {
                                put(new Ended(begin.session(), why, now()));
                            }
                        }));
    }

    private void end(long session) {
        Session ending = running.get(session);
        if (ending != null) {
            ending.end();
        }
    }

    private void put(Event event) {
        boolean interrupted = false;
        while (!deaf) {
            try {
                if (mailbox.offer(
                        () -> handle(event), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true; // the session is being ended, which is to be told as well
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), random.nextDouble());
    }
}
