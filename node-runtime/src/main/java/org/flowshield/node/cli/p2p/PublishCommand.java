package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.Published;
import org.flowshield.libp2p.pubsub.mesh.RouterConfig;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one message. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Publishes one message about a topic, signed by our key.",
            "It goes out as soon as one of the bootstrap peers subscribes to the topic; they pass",
            "it on."
        },
        footer = {
            "",
            "--json prints {\"topic\",\"messageId\",\"from\",\"peers\"}: peers says to how many",
            "peers the message went at once."
        })
final class PublishCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final PeerOptions options = new PeerOptions();

    @Parameters(
            index = "0",
            paramLabel = "TOPIC",
            converter = Bootstrap.TopicConverter.class,
            description = "What the message is about.")
    private @Nullable Topic topic;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MESSAGE|-",
            defaultValue = "-",
            description = "The message. Without it, or with '-', it is read from standard input.")
    private String message = "-";

    @Option(
            names = "--bootstrap",
            paramLabel = "MULTIADDR",
            required = true,
            converter = MultiaddrConverter.class,
            description = {
                "Address of a peer that speaks gossipsub; can be given several times.",
                "With /p2p/ID at its end nobody but that peer is accepted."
            })
    private List<Multiaddr> bootstrap = List.of();

    @Override
    public Integer call() throws CommandFailedException {
        if (topic == null) {
            throw new IllegalStateException("picocli did not set the topic");
        }
        try (Peer peer = options.start(List.of(), List.of())) {
            publish(peer, topic, payload());
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    private byte[] payload() throws IOException, CommandFailedException {
        int most = RouterConfig.DEFAULT_PAYLOAD;
        byte[] payload =
                message.equals("-")
                        ? System.in.readNBytes(most + 1)
                        : message.getBytes(StandardCharsets.UTF_8);
        if (payload.length > most) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "too_long",
                    "the message has more than " + most + " bytes; nothing was published",
                    "publish where it is to be had, and not the whole");
        }
        return payload;
    }

    private void publish(Peer peer, Topic about, byte[] payload)
            throws IOException, CommandFailedException {
        try (PubSub pubsub = Bootstrap.pubsub(peer)) {
            int connected = Bootstrap.connect(peer, bootstrap, output).size();
            if (pubsub.awaitPeers(about, 1, options.timeout()) == 0) {
                throw new CommandFailedException(
                        ExitStatus.FAILED,
                        "no_subscribers",
                        "none of the %d connected peers subscribes to %s; nothing was published"
                                .formatted(connected, about),
                        "name a peer that subscribes to it, or wait for one with --timeout");
            }
            Published published = pubsub.publish(about, payload);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("topic", about.name());
            json.put("messageId", published.id().toString());
            json.put("from", peer.host().peerId().toString());
            json.put("peers", published.peers());
            output.print(
                    "published %d bytes to %d peer%s"
                            .formatted(
                                    payload.length,
                                    published.peers(),
                                    published.peers() == 1 ? "" : "s"),
                    json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a subscriber");
        }
    }
}
