package org.flowshield.node.cli.remote;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Shows and changes what the client's connections are like. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows who is asked for names and whether the local network is reached, or changes it.",
            "A change holds at once, while connected too, and after a restart; it goes before the"
                    + " configuration."
        },
        footer = {
            "",
            "Example: names are asked of two servers of your own choice, and printers are reached:",
            "  flowshield settings --dns 9.9.9.9,2620:fe::fe --lan on"
        })
public final class SettingsCommand extends RemoteVerb {

    private static final String PROVIDER = "provider";
    private static final String ON = "on";
    private static final String OFF = "off";

    /** What was chosen; no server: the provider's. */
    record Names(List<DnsServer> servers) {
        Names {
            servers = List.copyOf(servers);
        }
    }

    /** The words that people write. */
    static final class NamesConverter implements ITypeConverter<Names> {
        @Override
        public Names convert(String value) {
            if (value.equals(PROVIDER)) {
                return new Names(List.of());
            }
            try {
                List<DnsServer> servers = DnsServer.parseAll(value);
                if (servers.isEmpty()) {
                    throw new TypeConversionException("no server is named");
                }
                return new Names(servers);
            } catch (MalformedDnsServerException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** How a switch is set; picocli takes a Boolean for an option without a word. */
    enum Switch {
        ON,
        OFF
    }

    /** The words of a switch. */
    static final class SwitchConverter implements ITypeConverter<Switch> {
        @Override
        public Switch convert(String value) {
            return switch (value) {
                case ON -> Switch.ON;
                case OFF -> Switch.OFF;
                default ->
                        throw new TypeConversionException("'" + value + "' is neither on nor off");
            };
        }
    }

    /** For shell completion. */
    static final class SwitchWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(ON, OFF).iterator();
        }
    }

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS[,ADDRESS]",
            converter = NamesConverter.class,
            description = {
                "Who is asked for names, through the tunnel: up to "
                        + DnsServer.MAX_SERVERS
                        + " IP addresses, or '"
                        + PROVIDER
                        + "' for the provider's servers.",
                "Nobody else is asked if they don't answer."
            })
    private @Nullable Names names;

    @Option(
            names = "--lan",
            paramLabel = "on|off",
            converter = SwitchConverter.class,
            completionCandidates = SwitchWords.class,
            description =
                    "Whether devices of the local network (printers, shared folders) can be reached"
                            + " while connected or blocked.")
    private @Nullable Switch lan;

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        boolean asks = names == null && lan == null;
        ClientSettings now =
                asks
                        ? client.clientSettings()
                        : client.change(
                                new ClientSettingsChange(
                                        names == null ? null : names.servers(),
                                        lan == null ? null : lan == Switch.ON));
        printLines(lines(now), now);
    }

    private static List<String> lines(ClientSettings settings) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "names          "
                        + (settings.dns().isEmpty()
                                ? "asked of the provider's DNS servers"
                                : "asked of "
                                        + settings.dns().stream()
                                                .map(DnsServer::toString)
                                                .collect(Collectors.joining(", "))));
        lines.add(
                "local network  "
                        + (settings.lan() ? "reached" : "not reached while connected or blocked"));
        return lines;
    }
}
