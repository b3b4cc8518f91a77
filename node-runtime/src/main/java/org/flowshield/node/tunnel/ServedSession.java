package org.flowshield.node.tunnel;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.tunnel.ProviderSession.Event;
import org.flowshield.node.tunnel.ProviderSession.State;
import org.flowshield.node.tunnel.control.ControlChannel;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathEnd;
import org.flowshield.node.tunnel.path.SessionPath;
import org.jspecify.annotations.Nullable;

/**
 * One session of a provider. The virtual thread that serves its control stream runs it; a second
 * one reads the stream; lanes come on threads of their own.
 */
final class ServedSession {

    /** A client that is there closes the control stream at once. */
    static final Duration GOODBYE_WITHIN = Duration.ofSeconds(1);

    /** What a session asks of the provider; called by the session's thread. */
    interface Provider {
        /** Decides on a Hello: a grant with its path, or why not. */
        Event grant(ServedSession session, Hello hello);

        /** The session has ended: what it held comes back. */
        void release(ServedSession session);
    }

    private final Provider provider;
    private final Stream stream;
    private final ControlChannel channel;
    private final LongSupplier clock;
    private final Mailbox<Event> mailbox = new Mailbox<>();

    /** Completes when nothing more comes on the control stream. */
    private final CompletableFuture<Void> controlEnded = new CompletableFuture<>();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile State state;
    private volatile @Nullable Holding holding;

    /** Lanes that were claimed; guarded by itself. */
    private final Set<Lane> claimed = new HashSet<>();

    /** What a granted session holds, since when; without a bill it is served for nothing. */
    record Holding(
            Welcome welcome,
            AddressPool.Lease lease,
            SessionPath path,
            Optional<Bill> bill,
            Instant since) {}

    ServedSession(Provider provider, Stream stream, ControlChannel channel, LongSupplier clock) {
        this.provider = provider;
        this.stream = stream;
        this.channel = channel;
        this.clock = clock;
        this.state = ProviderSession.start(clock.getAsLong());
    }

    PeerId peer() {
        return stream.connection().remotePeer();
    }

    /** Empty before the grant and after the end. */
    Optional<Holding> holding() {
        return Optional.ofNullable(holding);
    }

    void hold(Holding granted) {
        holding = granted;
    }

    void letGo() {
        holding = null;
    }

    State state() {
        return state;
    }

    /** What others may know of it; empty before the grant and after the end. */
    Optional<LiveSession> live() {
        return holding()
                .map(
                        held ->
                                new LiveSession(
                                        peer(),
                                        held.welcome().grant().inner(),
                                        held.since(),
                                        held.path().counters()));
    }

    PathCounters counters() {
        Holding held = holding;
        return held == null ? PathCounters.ZERO : held.path().counters();
    }

    /** Runs the session from its Hello to its end. */
    void run(Hello hello) throws InterruptedException {
        mailbox.follow(new ProviderSession.Received(hello, clock.getAsLong()));
        Thread reader =
                Thread.ofVirtual()
                        .name("session-control")
                        .start(
                                () -> {
                                    readControl();
                                    controlEnded.complete(null);
                                });
        try {
            while (!(state instanceof ProviderSession.Ended)) {
                step(mailbox.next().orElseGet(() -> new ProviderSession.Tick(clock.getAsLong())));
            }
        } finally {
            release();
            reader.interrupt();
            ended.complete(null);
        }
    }

    /** Completes when the session has given back all that it held. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void step(Event event) {
        ProviderSession.Transition transition = ProviderSession.next(state, event);
        state = transition.state();
        for (ProviderSession.Effect effect : transition.effects()) {
            switch (effect) {
                case ProviderSession.Send(ControlMessage message) -> send(message);
                case ProviderSession.Assign(Hello hello) ->
                        mailbox.follow(provider.grant(this, hello));
                case ProviderSession.SendCounters() -> {
                    PathCounters counted = counters();
                    send(new Counters(counted.sentBytes(), counted.receivedBytes()));
                }
                case ProviderSession.Release() -> {
                    awaitGoodbye();
                    release();
                }
            }
        }
    }

    /** Lets the client hear why it ends before its lanes break. */
    private void awaitGoodbye() {
        if (state instanceof ProviderSession.Ended(EndReason reason, _)
                && (reason == EndReason.STOPPED || reason == EndReason.PAYMENT)) {
            controlEnded
                    .completeOnTimeout(null, GOODBYE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private void send(ControlMessage message) {
        try {
            channel.send(message);
        } catch (IOException e) {
            mailbox.put(new ProviderSession.Failed(EndReason.CONTROL_LOST, "" + e.getMessage()));
        }
    }

    private void release() {
        Holding held = holding;
        if (held != null) {
            held.bill().ifPresent(Bill::close);
            held.path().close();
            provider.release(this);
            held.welcome().token().close();
        }
    }

    private void readControl() {
        try {
            for (Optional<ControlMessage> message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                mailbox.putMessage(
                        new ProviderSession.Received(message.orElseThrow(), clock.getAsLong()));
            }
            fail(EndReason.CONTROL_LOST, "the client closed the control stream");
        } catch (IOException e) {
            fail(EndReason.CONTROL_LOST, "" + e.getMessage());
        } catch (MalformedControlException e) {
            fail(EndReason.PROTOCOL_VIOLATION, "" + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session has ended
        }
    }

    /** Ends the session; any thread, never waits. */
    void fail(EndReason reason, String detail) {
        mailbox.put(new ProviderSession.Failed(reason, detail));
    }

    /** Told by the session's bill, from any thread. */
    void billEnded(BillEndedException why) {
        fail(why.inOrder() ? EndReason.PEER_SAID_BYE : EndReason.PAYMENT, "" + why.getMessage());
    }

    /** Told by the session's path, from a thread that must not wait. */
    void pathEnded(PathEnd end) {
        switch (end.reason()) {
            case CLOSED -> {} // by us, when the session ended
            case LANE_ENDED -> fail(EndReason.LANE_LOST, end.detail());
            case DEVICE_FAILED, INTERNAL -> fail(EndReason.PATH_FAILED, end.detail());
            case MALFORMED -> fail(EndReason.PROTOCOL_VIOLATION, end.detail());
        }
    }

    /**
     * Serves a lane's stream whose token was found to be right: answers, takes it from its event
     * loop and gives it to the path.
     */
    void attach(Stream laneStream, ControlChannel laneChannel, Lane lane) throws IOException {
        Holding held = holding;
        boolean own = !laneStream.connection().equals(stream.connection());
        if (held == null || !own || !claim(held.welcome(), lane)) {
            laneChannel.send(
                    new Refused(
                            Refused.Reason.BAD_REQUEST,
                            own
                                    ? "the session does not want " + lane
                                    : "a lane needs a connection of its own"));
            return;
        }
        laneChannel.send(new Attached());
        DetachedStream detached = laneStream.connection().detach(laneStream);
        held.path().attach(lane.number(), lane.datagram(), detached);
        mailbox.put(new ProviderSession.LaneAttached(lane));
    }

    private boolean claim(Welcome welcome, Lane lane) {
        synchronized (claimed) {
            return ProviderSession.lanes(welcome).contains(lane) && claimed.add(lane);
        }
    }
}
