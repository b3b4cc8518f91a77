package org.flowshield.node.tunnel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.tunnel.ClientSession.Ended;
import org.flowshield.node.tunnel.ClientSession.Event;
import org.flowshield.node.tunnel.ClientSession.State;
import org.flowshield.node.tunnel.control.ControlChannel;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Attach;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.ClientBilling;
import org.flowshield.node.tunnel.path.ClientPath;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathEnd;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * A client's session. One virtual thread runs it, one reads the control stream, one for each lane
 * dials. Any thread may call the public methods.
 */
public final class TunnelClient implements AutoCloseable {

    /** A provider that is there closes the control stream at once. */
    private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(1);

    /**
     * Makes the device for what was granted. It must give no super-packets that the provider does
     * not take.
     */
    @FunctionalInterface
    public interface Devices {
        Tun open(Welcome welcome) throws IOException;
    }

    private final Host host;
    private final TunnelSettings settings;
    private final Devices devices;
    private final LongSupplier clock;
    private final ClientBilling billing;
    private final Connection connection;
    private final Stream stream;
    private final ControlChannel channel;
    private final Mailbox<Event> mailbox = new Mailbox<>();
    private final CompletableFuture<Welcome> opened = new CompletableFuture<>();
    private final CompletableFuture<TunnelEndedException> ended = new CompletableFuture<>();

    /** Completes when nothing more comes on the control stream. */
    private final CompletableFuture<Void> controlEnded = new CompletableFuture<>();

    /** The path closes it, or who releases the session without one. */
    private final CompletableFuture<Tun> device = new CompletableFuture<>();

    /** Whether the device is made or being made; the session's thread. */
    private boolean makingDevice;

    private volatile State state;
    private volatile @Nullable ClientPath path;
    private volatile PathCounters lastCounted = PathCounters.ZERO;

    /** Null if nothing is paid for, or yet. */
    private volatile @Nullable Bill bill;

    /** Why the device could not be made, or the session not be paid for. */
    private volatile @Nullable IOException failure;

    /** Completes when the bill has said why it ended. */
    private final CompletableFuture<Void> billSaid = new CompletableFuture<>();

    /** Lanes attached and not yet given to the path; guarded by itself. */
    private final Map<String, DetachedStream> lanes = new TreeMap<>();

    private boolean released; // guarded by lanes

    private TunnelClient(
            Host host,
            TunnelSettings settings,
            Devices devices,
            LongSupplier clock,
            ClientBilling billing,
            Connection connection,
            Stream stream,
            ClientSession.Transition start) {
        this.host = host;
        this.settings = settings;
        this.devices = devices;
        this.clock = clock;
        this.billing = billing;
        this.connection = connection;
        this.stream = stream;
        this.channel = new ControlChannel(stream.input(), stream.output());
        this.state = start.state();
        Thread.ofVirtual().name("tunnel-session").start(() -> run(start));
        Thread.ofVirtual()
                .name("tunnel-control")
                .start(
                        () -> {
                            readControl();
                            controlEnded.complete(null);
                        });
    }

    /**
     * Opens a session: returns when packets flow.
     *
     * @param host with a key of its own for this session
     * @param clock monotonic, in nanoseconds
     * @throws TunnelEndedException if the session came to an end before; its cause says more
     * @throws IOException if the provider can't be reached
     */
    public static TunnelClient open(
            Host host, TunnelSettings settings, Devices devices, LongSupplier clock)
            throws IOException, InterruptedException {
        return open(host, settings, devices, clock, ClientBilling.NONE);
    }

    /**
     * Opens a session that is paid for: returns when packets flow, or will once it is agreed how.
     *
     * @param billing how it is paid for
     */
    public static TunnelClient open(
            Host host,
            TunnelSettings settings,
            Devices devices,
            LongSupplier clock,
            ClientBilling billing)
            throws IOException, InterruptedException {
        Connection connection = host.connect(settings.provider(), settings.control());
        try {
            Optional<Bytes32> offer = billing.agree(connection);
            Stream stream = connection.newStream(List.of(ProviderService.PROTOCOL));
            Hello hello =
                    new Hello(
                            ControlMessage.VERSION,
                            settings.lanes(),
                            settings.datagramLane(),
                            settings.takes(),
                            true,
                            true,
                            offer);
            TunnelClient client =
                    new TunnelClient(
                            host,
                            settings,
                            devices,
                            clock,
                            billing,
                            connection,
                            stream,
                            ClientSession.start(hello, clock.getAsLong()));
            client.awaitOpen();
            return client;
        } catch (IOException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void awaitOpen() throws IOException, InterruptedException {
        try {
            opened.get();
        } catch (InterruptedException e) {
            close();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TunnelEndedException known
                    ? known
                    : new IOException("the session failed", e.getCause());
        }
    }

    /** What the provider granted. */
    public Welcome welcome() {
        return opened.join();
    }

    /** What was carried so far, also after the end. */
    public PathCounters counters() {
        ClientPath current = path;
        return current == null ? lastCounted : current.counters();
    }

    /** What the provider said last that it had counted. */
    public Optional<Counters> providerCounted() {
        return state instanceof ClientSession.Open open ? open.peerCounted() : Optional.empty();
    }

    /** Completes when the session has ended, and says why; never with a failure. */
    public CompletableFuture<TunnelEndedException> ended() {
        return ended.copy();
    }

    /** Says goodbye and waits until the session's device and lanes are gone. Idempotent. */
    @Override
    public void close() {
        Bill current = bill;
        if (current != null) {
            current.settle();
        }
        fail(EndReason.STOPPED, "stopped by the user");
        TunnelEndedException _ = ended.join();
    }

    private void run(ClientSession.Transition start) {
        try {
            apply(start);
            while (!(state instanceof Ended)) {
                apply(ClientSession.next(state, mailbox.next().orElseGet(this::tick)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            state = new Ended(EndReason.STOPPED, "interrupted");
        } finally {
            release();
            finish();
        }
    }

    private Event tick() {
        PathCounters carried = counters();
        return new ClientSession.Tick(
                clock.getAsLong(), carried.sentPackets(), carried.receivedPackets());
    }

    private void finish() {
        TunnelEndedException end =
                state instanceof Ended(EndReason reason, String detail)
                        ? new TunnelEndedException(reason, detail, failure)
                        : new TunnelEndedException(
                                EndReason.PATH_FAILED, "the session's thread failed", null);
        opened.completeExceptionally(end);
        ended.complete(end);
    }

    private void apply(ClientSession.Transition transition) {
        state = transition.state();
        for (ClientSession.Effect effect : transition.effects()) {
            switch (effect) {
                case ClientSession.Send(ControlMessage message) -> send(message);
                case ClientSession.DialLanes(Welcome welcome, List<Lane> toDial) -> {
                    bill = billing.begin(connection, welcome, this::billEnded).orElse(null);
                    toDial.forEach(
                            lane ->
                                    Thread.ofVirtual()
                                            .name("tunnel-lane")
                                            .start(() -> dial(welcome, lane)));
                    makeDevice(welcome);
                }
                case ClientSession.StartPath(Welcome welcome) -> startPath(welcome);
                case ClientSession.SendCounters() -> {
                    PathCounters counted = counters();
                    send(new Counters(counted.sentBytes(), counted.receivedBytes()));
                }
                case ClientSession.Release() -> {
                    awaitGoodbye();
                    release();
                }
            }
        }
    }

    /**
     * Lets the provider hear why it ends before its lanes break; and the bill what the provider has
     * said about money, which comes on a stream of its own.
     */
    private void awaitGoodbye() {
        if (!(state instanceof Ended(EndReason reason, _))) {
            return;
        }
        if (reason == EndReason.STOPPED) {
            awaitGoodbye(controlEnded);
        } else if (reason == EndReason.PAYMENT && bill != null) {
            awaitGoodbye(billSaid);
        }
    }

    private static void awaitGoodbye(CompletableFuture<Void> said) {
        Void _ =
                said.copy()
                        .completeOnTimeout(null, GOODBYE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    /** Told by the bill, from any thread. */
    private void billEnded(BillEndedException why) {
        failure = why;
        billSaid.complete(null);
        fail(why.inOrder() ? EndReason.PEER_SAID_BYE : EndReason.PAYMENT, "" + why.getMessage());
    }

    private void send(ControlMessage message) {
        try {
            channel.send(message);
        } catch (IOException e) {
            fail(EndReason.CONTROL_LOST, "" + e.getMessage());
        }
    }

    private void fail(EndReason reason, String detail) {
        mailbox.put(new ClientSession.Failed(reason, detail));
    }

    private void dial(Welcome welcome, Lane lane) {
        try {
            Connection own = host.connect(settings.provider(), settings.lane());
            try {
                keep(lane, attach(own, welcome, lane));
                mailbox.put(new ClientSession.LaneAttached(lane));
            } catch (IOException | MalformedControlException | RuntimeException e) {
                own.close();
                throw e;
            }
        } catch (IOException | MalformedControlException e) {
            fail(EndReason.LANE_REFUSED, lane + ": " + e.getMessage());
        }
    }

    private static DetachedStream attach(Connection own, Welcome welcome, Lane lane)
            throws IOException, MalformedControlException {
        Stream laneStream = own.newStream(List.of(ProviderService.PROTOCOL));
        ControlChannel laneChannel = new ControlChannel(laneStream.input(), laneStream.output());
        laneChannel.send(new Attach(welcome.token(), lane));
        ControlMessage answer =
                laneChannel
                        .receive()
                        .orElseThrow(() -> new IOException("the provider closed the lane"));
        return switch (answer) {
            case Attached() -> own.detach(laneStream);
            case Refused(Refused.Reason reason, String detail) ->
                    throw new IOException("refused, " + reason + ": " + detail);
            default ->
                    throw new IOException("unexpected answer " + answer.getClass().getSimpleName());
        };
    }

    private void keep(Lane lane, DetachedStream detached) {
        synchronized (lanes) {
            if (!released) {
                lanes.put(key(lane), detached);
                return;
            }
        }
        detached.close();
    }

    /** Sorts the bulk lanes by their numbers. */
    private static String key(Lane lane) {
        return lane.datagram() ? "datagram" : "bulk" + lane.number();
    }

    /** Beside the dials, as both take their time. */
    private void makeDevice(Welcome welcome) {
        makingDevice = true;
        CompletableFuture<Tun> making = device;
        Thread.ofPlatform()
                .daemon()
                .name("tunnel-device")
                .start(
                        () -> {
                            try {
                                making.complete(devices.open(welcome));
                            } catch (IOException | RuntimeException e) {
                                making.completeExceptionally(e);
                            }
                        });
    }

    private Tun awaitDevice() throws IOException {
        try {
            return device.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException("the device could not be made", e.getCause());
        }
    }

    private void startPath(Welcome welcome) {
        try {
            Tun tun = awaitDevice();
            Bill charging = bill;
            synchronized (lanes) {
                DetachedStream datagrams = lanes.remove(key(Lane.DATAGRAM));
                ClientPath started =
                        new ClientPath(
                                tun,
                                welcome.grant().inner(),
                                List.copyOf(lanes.values()),
                                datagrams,
                                charging == null ? null : charging.credit(),
                                this::pathEnded);
                lanes.clear();
                path = started;
                started.start();
            }
            if (charging == null) {
                opened.complete(welcome);
            } else {
                CompletionStage<Boolean> _ =
                        charging.ready().thenApply(_ -> opened.complete(welcome));
            }
        } catch (IOException e) {
            failure = e;
            fail(EndReason.PATH_FAILED, "" + e.getMessage());
        }
    }

    private void pathEnded(PathEnd end) {
        switch (end.reason()) {
            case CLOSED -> {} // by us, when the session ended
            case LANE_ENDED -> fail(EndReason.LANE_LOST, end.detail());
            case DEVICE_FAILED, INTERNAL -> fail(EndReason.PATH_FAILED, end.detail());
            case MALFORMED -> fail(EndReason.PROTOCOL_VIOLATION, end.detail());
        }
    }

    private void release() {
        Bill charged = bill;
        if (charged != null) {
            charged.close();
        }
        ClientPath current = path;
        if (current != null) {
            current.close();
            lastCounted = current.counters();
            path = null;
        } else if (makingDevice) {
            device.handle(TunnelClient::closeIfMade).join();
        }
        synchronized (lanes) {
            released = true;
            lanes.values().forEach(DetachedStream::close);
            lanes.clear();
        }
        stream.close();
        connection.close();
    }

    /** Whose session ends has no device of this name left. */
    private static boolean closeIfMade(@Nullable Tun tun, @Nullable Throwable failure) {
        if (tun != null) {
            tun.close();
        }
        return failure == null;
    }

    private void readControl() {
        try {
            for (Optional<ControlMessage> message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                mailbox.putMessage(
                        new ClientSession.Received(message.orElseThrow(), clock.getAsLong()));
            }
            fail(EndReason.CONTROL_LOST, "the provider closed the control stream");
        } catch (IOException e) {
            fail(EndReason.CONTROL_LOST, "" + e.getMessage());
        } catch (MalformedControlException e) {
            fail(EndReason.PROTOCOL_VIOLATION, "" + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody listens any more
        }
    }
}
