package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Subscription;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the messages of a topic. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints each message about a topic as it comes, and passes it on, until it is stopped.",
            "Only messages that their authors have signed are printed."
        },
        footer = {
            "",
            "--json prints one line a message: {\"topic\",\"messageId\",\"from\",\"seqno\",",
            "\"data\"}, data in base64, and \"text\" if it is one. With --listen the first",
            "line is {\"peerId\",\"multiaddrs\"}."
        })
final class SubscribeCommand implements Callable<Integer> {

    /** How soon it is noticed that all peers are gone. */
    private static final Duration LOOK = Duration.ofMillis(500);

    @Mixin private final Output output = new Output();

    @Mixin private final PeerOptions options = new PeerOptions();

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "TOPIC",
            converter = Bootstrap.TopicConverter.class,
            description = "What the messages are about.")
    private @Nullable Topic topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description = {
                "Address of a peer that speaks gossipsub; can be given several times.",
                "With /p2p/ID at its end nobody but that peer is accepted."
            })
    private List<Multiaddr> bootstrap = List.of();

    @Option(
            names = "--listen",
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description = "Address at which other peers can connect to this one.")
    private List<Multiaddr> listen = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "End after so many messages; 0 means never (default: ${DEFAULT-VALUE}).")
    private long count;

    @Override
    public Integer call() throws CommandFailedException {
        if (topic == null || spec == null) {
            throw new IllegalStateException("picocli did not set the topic");
        }
        if (bootstrap.isEmpty() && listen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nobody to hear from: give --bootstrap or --listen");
        }
        try (Peer peer = options.start(List.of(), listen);
                PubSub pubsub = Bootstrap.pubsub(peer);
                Subscription messages = pubsub.join(topic, Validator.ANY)) {
            if (!listen.isEmpty()) {
                describe(peer);
            }
            int connected = Bootstrap.connect(peer, bootstrap, output).size();
            output.text("subscribed to %s at %d peers".formatted(topic, connected));
            print(peer, messages);
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    private void describe(Peer peer) {
        List<String> addresses = peer.addresses().stream().map(Multiaddr::toString).toList();
        if (output.json()) {
            Map<String, Object> self = new LinkedHashMap<>();
            self.put("peerId", peer.host().peerId().toString());
            self.put("multiaddrs", addresses);
            output.json(self);
        } else {
            output.text("peer " + peer.host().peerId() + " listens at");
            addresses.forEach(address -> output.text("  " + address));
        }
    }

    /** Until enough have come, a signal ends the process, or an interrupt ends this. */
    private void print(Peer peer, Subscription messages) throws CommandFailedException {
        try {
            for (long printed = 0; count <= 0 || printed < count; ) {
                Optional<ReceivedMessage> message = messages.next(LOOK);
                if (message.isPresent()) {
                    print(message.get());
                    printed++;
                } else if (listen.isEmpty() && peer.host().connections().isEmpty()) {
                    throw new CommandFailedException(
                            ExitStatus.FAILED,
                            "disconnected",
                            "all bootstrap peers have gone; no more messages can come",
                            "check that they are running, or name others with --bootstrap");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(ReceivedMessage message) {
        Optional<String> text = text(message.data());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", message.topic().name());
        json.put("messageId", message.id().toString());
        json.put("from", message.author().toString());
        json.put("seqno", Long.toUnsignedString(message.seqno()));
        json.put("data", Base64.getEncoder().encodeToString(message.data()));
        text.ifPresent(readable -> json.put("text", readable));
        output.print(
                message.author()
                        + ": "
                        + text.map(SubscribeCommand::printable)
                                .orElse(message.data().length + " bytes that are no text"),
                json);
    }

    private static Optional<String> text(byte[] data) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Strangers' control characters could play tricks on a terminal. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || isFormat(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isFormat(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
