package org.flowshield.node.cli.p2p.dht;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.p2p.Failure;
import org.flowshield.node.cli.p2p.MultiaddrConverter;
import org.flowshield.node.cli.p2p.Peer;
import org.flowshield.node.cli.p2p.PeerOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A verb that joins a DHT as a client, does one thing and leaves. */
abstract class DhtVerb implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final PeerOptions options = new PeerOptions();

    @Option(
            names = "--bootstrap",
            paramLabel = "MULTIADDR",
            required = true,
            converter = MultiaddrConverter.class,
            description = "A peer of the network; can be given several times.")
    private List<Multiaddr> bootstrap = List.of();

    @Option(
            names = "--dht-protocol",
            paramLabel = "ID",
            defaultValue = "/flowshield/kad/1.0.0",
            converter = ProtocolConverter.class,
            description = {
                "The network's protocol, for instance /ipfs/kad/1.0.0.",
                "Default: ${DEFAULT-VALUE}"
            })
    private ProtocolId protocol = DhtOptions.FLOWSHIELD;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the whole may take (default: ${DEFAULT-VALUE}).")
    private int deadlineSeconds;

    @Override
    public final Integer call() throws CommandFailedException {
        DhtOptions dhtOptions =
                DhtOptions.DEFAULT
                        .withProtocol(protocol)
                        .withAddresses(AddressPolicy.ANY)
                        .asClient();
        try (Peer peer = options.start(List.of(), listen());
                Dht dht = Dht.of(peer.host(), peer.identify(), peer.advertised(), dhtOptions)) {
            dht.bootstrap(bootstrap, limit());
            run(peer, dht);
            return ExitStatus.OK.code();
        } catch (InvalidValueException e) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "invalid_value",
                    String.valueOf(e.getMessage()),
                    "use a key that begins with /v/, which takes any value",
                    e);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /** Does the verb's work. */
    abstract void run(Peer peer, Dht dht)
            throws IOException, InvalidValueException, CommandFailedException;

    /** Where to listen; nowhere unless others are told of us. */
    List<Multiaddr> listen() {
        return List.of();
    }

    Output output() {
        return output;
    }

    Duration limit() {
        return Duration.ofSeconds(Math.max(1, deadlineSeconds));
    }

    /** What a verb says at its end if some of what it looked for was not found. */
    static CommandFailedException notFound(List<String> missing) {
        return new CommandFailedException(
                ExitStatus.FAILED,
                "not_found",
                "nobody who was asked knows " + String.join(", ", missing),
                "check the key; what was published long ago may have expired");
    }

    static final class ProtocolConverter implements ITypeConverter<ProtocolId> {
        @Override
        public ProtocolId convert(String text) {
            if (!ProtocolId.isValid(text)) {
                throw new TypeConversionException(
                        "'" + text + "' is no protocol, such as /ipfs/kad/1.0.0");
            }
            return new ProtocolId(text);
        }
    }
}
