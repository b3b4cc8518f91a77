package org.flowshield.bench.tunnel;

import java.time.Duration;
import java.util.List;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ours: a provider and a client as two processes, as the demo starts them. */
final class FlowShieldTunnel implements Contender {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int PORT = 4001;

    private final int lanes;

    /**
     * @param lanes bulk lanes that the client asks for
     */
    FlowShieldTunnel(int lanes) {
        this.lanes = lanes;
    }

    @Override
    public String name() {
        return Results.OURS;
    }

    @Override
    public Running start(Lab lab) throws LabException, InterruptedException {
        String listen = "/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/" + PORT;
        LabProcess provider =
                node(lab, Namespace.PROVIDER, "provider", "--free", "--listen", listen);
        String address = event(provider, "listening").at("/multiaddrs/0").asString();
        LabProcess client =
                node(lab, Namespace.CLIENT, "client", address, "--lanes", Integer.toString(lanes));
        JsonNode connected = event(client, "connected");
        // The exit grants its own MTU; the other tunnels can't.
        lab.ip(
                Namespace.CLIENT,
                List.of(
                        "link set %s mtu %d"
                                .formatted(connected.path("device").asString(), INNER_MTU)));
        Provider.ping(lab);
        String version = lab.run(Namespace.CLIENT, command("version")).output().strip();
        return new Running(
                "%s, %d lanes".formatted(version, connected.path("lanes").asInt()),
                List.of(provider, client));
    }

    private static LabProcess node(Lab lab, Namespace namespace, String... arguments)
            throws LabException {
        String[] words = new String[arguments.length + 2];
        words[0] = "node";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        words[words.length - 1] = "--json";
        return lab.startJava(namespace, FlowShield.class, words);
    }

    private static String[] command(String verb) {
        return Lab.javaCommand(FlowShield.class, verb).toArray(String[]::new);
    }

    private static JsonNode event(LabProcess node, String event)
            throws LabException, InterruptedException {
        String mark = "{\"event\":\"" + event + "\"";
        return JsonMapper.shared()
                .readTree(node.awaitLine(event, line -> line.startsWith(mark), START));
    }
}
