package org.flowshield.node.wallet.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a wallet's keys to the processes of its owner, until it is locked. One platform thread
 * accepts, each connection has a virtual thread and brings one request. Safe for use by any thread.
 */
public final class AgentServer implements AutoCloseable {

    /** A person has two programs; more are a script that ran away. */
    static final int MAX_CONNECTIONS = 16;

    /** A request is there in a moment, or its sender hangs. */
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(30);

    /** How exact the idle time is. */
    private static final Duration CHECK_IDLE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);

    private final Wallet wallet;
    private final KeyHolder keys;
    private final AgentPlace place;
    private final ServerSocketChannel server;
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("agent-timer").factory());

    private AgentServer(
            Wallet wallet, KeyHolder keys, AgentPlace place, ServerSocketChannel server) {
        this.wallet = wallet;
        this.keys = keys;
        this.place = place;
        this.server = server;
    }

    /**
     * Begins to serve, locked.
     *
     * @throws RefusedException if there is no wallet, or others can get at it
     * @throws IOException if another process serves it, or the socket can't be made
     */
    public static AgentServer start(
            Wallet wallet, Clock clock, LongSupplier nanoClock, SecureRandom random)
            throws IOException, RefusedException {
        var _ = wallet.accounts();
        AgentPlace place = AgentPlace.claim(wallet.folder());
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(place.address());
                place.restrict();
                AgentServer agent =
                        new AgentServer(
                                wallet,
                                new KeyHolder(wallet, clock, nanoClock, random),
                                place,
                                server);
                agent.run();
                return agent;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** Waits until the wallet was locked: all keys are wiped then. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Wipes all keys and ends. Idempotent. */
    @Override
    public void close() throws IOException {
        keys.close();
        var _ = timer.shutdownNow();
        try (place) {
            server.close();
        } finally {
            ended.countDown();
        }
    }

    private void run() {
        Future<?> _ =
                timer.scheduleWithFixedDelay(
                        this::endIfIdle,
                        CHECK_IDLE.toMillis(),
                        CHECK_IDLE.toMillis(),
                        TimeUnit.MILLISECONDS);
        Thread _ = Thread.ofPlatform().name("agent-accept").start(this::accept);
    }

    private void endIfIdle() {
        if (keys.endIfIdle()) {
            end();
        }
    }

    private void end() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("the keys are wiped, but the socket was not removed: {}", e.getMessage());
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                if (connections.tryAcquire()) {
                    Thread _ =
                            Thread.ofVirtual().name("agent-request").start(() -> serve(connection));
                } else {
                    connection.close();
                }
            }
        } catch (ClosedChannelException e) {
            return; // ended
        } catch (IOException e) {
            LOG.error("no more connections can be taken: the wallet is locked", e);
            end();
        }
    }

    private void serve(SocketChannel connection) {
        Future<?> limit;
        try {
            limit =
                    timer.schedule(
                            () -> cut(connection),
                            REQUEST_WITHIN.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            cut(connection); // locked at this moment
            connections.release();
            return;
        }
        try (connection) {
            if (keys.isEnded()) {
                return; // hung up on: there is no process any more, in a moment
            }
            Frames frames = new Frames(connection);
            byte[] answer;
            boolean owner = false;
            try {
                requireOwner(connection);
                owner = true;
                answer = AgentJson.ok(answer(frames));
            } catch (RefusedException e) {
                answer = AgentJson.refused(e);
            }
            frames.write(answer);
            if (!owner) {
                hearOut(connection, frames);
            }
        } catch (IOException e) {
            LOG.debug("who asked went away", e);
        } catch (RuntimeException e) {
            LOG.error("a request failed for a reason that nobody expected", e);
        } finally {
            limit.cancel(false);
            connections.release();
            if (keys.isEnded()) {
                end();
            }
        }
    }

    /** Who is hung up on while they speak does not read why: a request, its secret, their end. */
    private static void hearOut(SocketChannel connection, Frames frames) throws IOException {
        SocketChannel _ = connection.shutdownOutput();
        for (int frame = 0; frame <= 2; frame++) {
            byte[] unread = frames.read(Frames.MAX_FRAME);
            Arrays.fill(unread, (byte) 0);
        }
    }

    private Object answer(Frames frames) throws IOException, RefusedException {
        return switch (AgentJson.read(frames.read(Frames.MAX_FRAME))) {
            case AgentRequest.Status() -> keys.status();
            case AgentRequest.Unlock(Duration idle) -> unlock(frames, idle);
            case AgentRequest.Lock() -> {
                keys.close();
                yield keys.status();
            }
            case AgentRequest.AddAccount() -> keys.addAccount();
            case AgentRequest.Prepare(var request) -> keys.prepare(request);
            case AgentRequest.TakeNumber(ChainId chain, EvmAddress account, long pending) ->
                    new NumberBody(keys.takeNumber(chain, account, pending));
            case AgentRequest.GiveNumberBack(ChainId chain, EvmAddress account, long number) -> {
                keys.giveNumberBack(chain, account, number);
                yield new NumberBody(number);
            }
            case AgentRequest.Sign(String ticket) -> {
                Signature signature = keys.sign(ticket);
                yield new SignatureBody(signature.toString());
            }
        };
    }

    private AgentStatus unlock(Frames frames, Duration idle) throws IOException, RefusedException {
        byte[] secret = frames.read(DerivedKey.LENGTH);
        try (DerivedKey key = DerivedKey.of(secret)) {
            return keys.unlock(key, idle);
        } catch (IllegalArgumentException e) {
            throw AgentJson.invalid("the wallet's key has another length");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The directory keeps others out; the kernel's word is asked beside. */
    private void requireOwner(SocketChannel connection) throws IOException, RefusedException {
        UnixDomainPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
        if (!peer.user().equals(Files.getOwner(wallet.folder()))) {
            throw new RefusedException(
                    Kind.PERMISSION,
                    new Problem(
                            "wallet_of_another",
                            "the wallet " + wallet.folder() + " is another user's",
                            "run this as its owner; the wallet's verbs never need sudo"));
        }
    }

    private static void cut(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }
}
