package org.flowshield.node.network;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.disk.DurableFile;

/**
 * The ways that somebody chose while the node ran; they outlive it in a file that is its owner's
 * alone, for an RPC's URL may hold a key. Immutable.
 *
 * @param rpcs empty: nobody chose
 * @param bootstrap empty: nobody chose
 */
record ChosenNetwork(List<RpcUrl> rpcs, List<Multiaddr> bootstrap) {

    /** Nobody chose. */
    static final ChosenNetwork NONE = new ChosenNetwork(List.of(), List.of());

    /** As many as can be chosen, each as long as can be. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final String RPCS = "rpcs";
    private static final String BOOTSTRAP = "bootstrap";

    ChosenNetwork {
        rpcs = List.copyOf(rpcs);
        bootstrap = List.copyOf(bootstrap);
    }

    /**
     * Reads them; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written; its message tells no URL
     */
    static ChosenNetwork read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        try (var in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_BYTES + 1));
        }
    }

    private static ChosenNetwork parse(byte[] bytes) throws IOException {
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than 16 KiB");
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
            return new ChosenNetwork(
                    RpcUrl.parseAll(lines.getProperty(RPCS, "")),
                    dialled(BootstrapNode.parseAll(lines.getProperty(BOOTSTRAP, ""))));
        } catch (MalformedWayException | MalformedMultiaddrException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Those that nodes are dialled by. Two spellings of one are one, and how it is spelt here is
     * how it is kept.
     *
     * @throws MalformedWayException if they could not be kept so
     */
    static List<Multiaddr> dialled(List<BootstrapNode> nodes)
            throws MalformedMultiaddrException, MalformedWayException {
        Multiaddr[] addresses = new Multiaddr[nodes.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Multiaddr.parse(nodes.get(i).multiaddr());
        }
        List<BootstrapNode> _ = BootstrapNode.parseAll(words(List.of(addresses)));
        return List.of(addresses);
    }

    private static String words(List<?> ways) {
        return ways.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /**
     * Keeps them: the file is there whole or not at all, and on the disk.
     *
     * @throws IOException also if it could not be read again; then it is as it was
     */
    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder("# What 'flowshield network' chose.\n");
        if (!rpcs.isEmpty()) {
            line(lines, RPCS, rpcs.stream().map(RpcUrl::text).collect(Collectors.joining(" ")));
        }
        if (!bootstrap.isEmpty()) {
            line(lines, BOOTSTRAP, words(bootstrap));
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        if (!parse(bytes).equals(this)) {
            throw new IOException("they could not be read again");
        }
        DurableFile.writeForOwner(file, bytes);
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(" = ").append(value).append('\n');
    }
}
