package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.flowshield.libp2p.crypto.PrivateKey;

/** Two engines after a handshake without a network. */
final class InMemoryTls implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ROOM = 64 * 1024;

    private final SSLEngine diallingEngine;
    private final TlsRecordCipher dialler;
    private final TlsRecordCipher listener;

    InMemoryTls(TlsProvider dials, TlsProvider listens) throws Exception {
        diallingEngine = engine(dials, true);
        SSLEngine listeningEngine = engine(listens, false);
        ByteBuffer toListener = ByteBuffer.allocateDirect(ROOM);
        ByteBuffer toDialler = ByteBuffer.allocateDirect(ROOM);
        diallingEngine.beginHandshake();
        listeningEngine.beginHandshake();
        boolean moved = true;
        while (moved) {
            moved = step(diallingEngine, toDialler, toListener);
            moved = step(listeningEngine, toListener, toDialler) || moved;
        }
        dialler = new TlsRecordCipher(diallingEngine, new RecordBoundary());
        listener = new TlsRecordCipher(listeningEngine, new RecordBoundary());
        discard(dialler, toDialler);
        discard(listener, toListener);
    }

    private static SSLEngine engine(TlsProvider provider, boolean initiator) {
        InstantSource clock = InstantSource.system();
        var verifier = new PeerVerifier(clock);
        var certificate =
                OwnCertificate.create(PrivateKey.generate(RANDOM), RANDOM, clock.instant());
        TlsEngines engines =
                switch (provider) {
                    case BORINGSSL -> new BoringSslEngines(certificate, verifier);
                    case JDK -> new JdkEngines(certificate, verifier, RANDOM);
                };
        SSLEngine engine = engines.create(initiator, List.of("libp2p"), ByteBufAllocator.DEFAULT);
        verifier.expect(engine, null);
        return engine;
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
        HandshakeStatus status = engine.getHandshakeStatus();
        SSLEngineResult result;
        if (status == HandshakeStatus.NEED_WRAP) {
            result = engine.wrap(ByteBuffer.allocateDirect(0), out);
        } else if (status == HandshakeStatus.NEED_UNWRAP) {
            ByteBuffer nothing = ByteBuffer.allocateDirect(ROOM);
            result = engine.unwrap(in.flip(), nothing);
            in.compact();
        } else {
            return false;
        }
        return result.bytesConsumed() + result.bytesProduced() > 0
                || result.getHandshakeStatus() != status;
    }

    /** What came behind the handshake: the JDK's session tickets. */
    private static void discard(TlsRecordCipher cipher, ByteBuffer rest) throws Exception {
        cipher.open(rest.flip(), ByteBuffer.allocateDirect(ROOM));
    }

    SSLEngine diallingEngine() {
        return diallingEngine;
    }

    TlsRecordCipher dialler() {
        return dialler;
    }

    TlsRecordCipher listener() {
        return listener;
    }

    @Override
    public void close() {
        dialler.close();
        listener.close();
    }
}
