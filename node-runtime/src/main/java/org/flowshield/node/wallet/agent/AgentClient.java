package org.flowshield.node.wallet.agent;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks the process that holds a wallet's keys. Each method waits for its answer. Safe for use by
 * any thread.
 */
public final class AgentClient {

    private final Path wallet;

    /** Of the wallet in that directory, whether a process holds its keys or not. */
    public AgentClient(Path wallet) {
        this.wallet = wallet.toAbsolutePath().normalize();
    }

    /** Whether there is such a process, whatever it would say. */
    public boolean isThere() {
        try (SocketChannel _ = connect()) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the process does; asking keeps nothing unlocked. */
    public AgentStatus status() throws NoAgentException, RefusedException {
        return ask(new AgentRequest.Status(), AgentStatus.class, null);
    }

    /**
     * Gives the process the key that opens the wallet.
     *
     * @param idle how long it may go without a signature; a second to a day
     */
    public AgentStatus unlock(DerivedKey key, Duration idle)
            throws NoAgentException, RefusedException {
        byte[] secret = key.bytes();
        try {
            return ask(new AgentRequest.Unlock(idle), AgentStatus.class, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Has all keys wiped; the process ends. */
    public void lock() throws NoAgentException, RefusedException {
        AgentStatus _ = ask(new AgentRequest.Lock(), AgentStatus.class, null);
    }

    /** Derives the next account. */
    public AgentAccount addAccount() throws NoAgentException, RefusedException {
        return ask(new AgentRequest.AddAccount(), AgentAccount.class, null);
    }

    /** Asks what a signature would do. */
    public Prepared prepare(SigningRequest request) throws NoAgentException, RefusedException {
        return ask(new AgentRequest.Prepare(request), Prepared.class, null);
    }

    /**
     * Has it made, after the person has agreed to what was shown.
     *
     * @throws RefusedException also if the signature is not one of what was asked for
     */
    public Signature sign(Prepared prepared, SigningRequest request)
            throws NoAgentException, RefusedException {
        SignatureBody answer =
                ask(new AgentRequest.Sign(prepared.ticket()), SignatureBody.class, null);
        try {
            Signature signature =
                    Signature.parse(HexFormat.of().parseHex(answer.signature().substring(2)));
            if (signature.isBy(request.from(), request.digest())) {
                return signature;
            }
        } catch (MalformedSignatureException | IllegalArgumentException e) {
            throw AgentJson.invalid("what holds the keys answered with no signature");
        }
        throw AgentJson.invalid("what holds the keys signed something else");
    }

    /**
     * Takes the number of a transaction: nobody else gets it, until it is given back or the chain
     * knows of it, or for a quarter of an hour.
     *
     * @param pending what the chain says is next
     */
    public long takeNumber(ChainId chain, EvmAddress account, long pending)
            throws NoAgentException, RefusedException {
        return ask(new AgentRequest.TakeNumber(chain, account, pending), NumberBody.class, null)
                .number();
    }

    /** Gives a number back that was not used. */
    public void giveNumberBack(ChainId chain, EvmAddress account, long number)
            throws NoAgentException, RefusedException {
        NumberBody _ =
                ask(
                        new AgentRequest.GiveNumberBack(chain, account, number),
                        NumberBody.class,
                        null);
    }

    private <T> T ask(AgentRequest request, Class<T> answer, byte @Nullable [] secret)
            throws NoAgentException, RefusedException {
        try (SocketChannel channel = connect()) {
            Frames frames = new Frames(channel);
            frames.write(AgentJson.write(request));
            if (secret != null) {
                frames.write(secret);
            }
            return AgentJson.answer(frames.read(Frames.MAX_FRAME), answer, wallet);
        } catch (IOException e) {
            throw new NoAgentException(wallet, e);
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(AgentPlace.socket(wallet)));
    }
}
