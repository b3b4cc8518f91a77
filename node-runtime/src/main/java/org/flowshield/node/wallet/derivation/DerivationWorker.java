package org.flowshield.node.wallet.derivation;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.flowshield.node.wallet.agent.Frames;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.Password;

/** The process that makes one key of one password, seen from within. */
public final class DerivationWorker {

    /** The most that a file of others may ask for is 512 MiB; the rest is Java's own. */
    static final int HEAP_MIB = 576;

    /** By which who asks knows this process: nobody guesses it. */
    static final int TOKEN = 32;

    private DerivationWorker() {}

    /**
     * Connects to who asks, makes the key and gives it.
     *
     * @param told by who asks: what this process is known by
     * @throws IOException if who asks went away, or says what makes no sense
     */
    public static void serve(Path socket, InputStream told) throws IOException {
        byte[] token = told.readNBytes(TOKEN);
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Frames frames = new Frames(connection);
            frames.write(token);
            Kdf kdf = Kdf.parse(frames.read(Frames.MAX_FRAME));
            byte[] secret = frames.read(Frames.MAX_FRAME);
            try (Password password = Password.ofUtf8(secret);
                    DerivedKey key = kdf.derive(password)) {
                byte[] bytes = key.bytes();
                try {
                    frames.write(bytes);
                } finally {
                    Arrays.fill(bytes, (byte) 0);
                }
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        } catch (MalformedKeystoreException e) {
            throw new IOException("what is asked for makes no sense: " + e.getMessage(), e);
        }
    }
}
