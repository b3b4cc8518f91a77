package org.flowshield.libp2p.kad.exchange;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.wire.MalformedKadException;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;

/** Answers requests on inbound streams, one after the other, each on its virtual thread. */
public final class Server implements ProtocolBinding {

    /** Between two requests of a stream (go-libp2p-kad-dht). */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** For a peer to take an answer. */
    private static final Duration WRITE = Duration.ofSeconds(10);

    private final ProtocolId id;
    private final Answers answers;
    private final WriteBudget budget = new WriteBudget();
    private final Clock clock;

    public Server(ProtocolId id, Answers answers, Clock clock) {
        this.id = id;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(id);
    }

    @Override
    public void accept(Stream stream) throws IOException {
        PeerId sender = stream.connection().remotePeer();
        Optional<byte[]> message = Messages.read(stream, Request.MAX_ENCODED, IDLE);
        while (message.isPresent()) {
            serve(stream, sender, message.get());
            message = Messages.read(stream, Request.MAX_ENCODED, IDLE);
        }
    }

    private void serve(Stream stream, PeerId sender, byte[] message) throws IOException {
        try {
            Request request = Request.parse(message);
            Instant now = clock.instant();
            if (isWrite(request) && !budget.take(sender, now)) {
                throw new RequestRefusedException("the peer writes more than its share");
            }
            Optional<Response> answer = answers.answer(request, sender, now);
            if (answer.isPresent()) {
                Messages.write(stream, answer.get().encode(request), WRITE);
            }
        } catch (MalformedKadException | RequestRefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isWrite(Request request) {
        return request instanceof Request.PutValue || request instanceof Request.AddProvider;
    }
}
