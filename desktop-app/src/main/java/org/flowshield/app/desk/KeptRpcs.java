package org.flowshield.app.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RPCs that were chosen, as the service said last, in a file that is the person's alone: the
 * desks ask them too while the service is away. Safe for use by any thread.
 */
public final class KeptRpcs implements OwnRpcs {

    private static final Logger LOG = LoggerFactory.getLogger(KeptRpcs.class);

    private final Path file;
    private final ChainId chain;
    private final Consumer<List<RpcUrl>> desks;

    /** Protected by this object's lock. */
    private List<RpcUrl> rpcs;

    /** Whether the file has them; protected by this object's lock. */
    private boolean kept = true;

    private KeptRpcs(Path file, ChainId chain, Consumer<List<RpcUrl>> desks, List<RpcUrl> rpcs) {
        this.file = file;
        this.chain = chain;
        this.desks = desks;
        this.rpcs = rpcs;
    }

    /**
     * Reads them, and has the desks ask them. A file that can't be read, or is of another chain,
     * counts as none.
     *
     * @param chain that the desks stand on
     * @param desks told whom to ask; empty: those of the network file. Must not wait
     */
    public static KeptRpcs open(Path file, ChainId chain, Consumer<List<RpcUrl>> desks) {
        List<RpcUrl> rpcs = read(file, chain);
        if (!rpcs.isEmpty()) {
            desks.accept(rpcs);
        }
        return new KeptRpcs(file, chain, desks, rpcs);
    }

    private static List<RpcUrl> read(Path file, ChainId chain) {
        try {
            String content = Files.readString(file);
            String first = first(chain);
            if (!content.startsWith(first)) {
                LOG.info("{} is not of this chain, the network's own RPCs are asked", file);
                return List.of();
            }
            return RpcUrl.parseAll(content.substring(first.length()));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | MalformedWayException e) {
            LOG.warn("{} can't be read, the network's own RPCs are asked: {}", file, e.toString());
            return List.of();
        }
    }

    /** The file's first line: whoever goes on to another network has chosen nothing there. */
    private static String first(ChainId chain) {
        return "chain " + chain.value() + "\n";
    }

    /** What a service on another chain was given is of no use here. */
    @Override
    public synchronized void take(NetworkSettings told) {
        Long of = told.inForce().chainId();
        if (of == null || of != chain.value()) {
            return;
        }
        if (!told.rpcs().equals(rpcs)) {
            rpcs = told.rpcs();
            kept = false;
            desks.accept(rpcs);
            LOG.info("the chain is asked through {}", rpcs.isEmpty() ? "the network's RPCs" : rpcs);
        }
        if (!kept) {
            keep();
        }
    }

    private void keep() {
        try {
            write(rpcs);
            kept = true;
        } catch (IOException e) {
            LOG.warn("the RPCs that were chosen are not kept: {}", file, e);
        }
    }

    private void write(List<RpcUrl> now) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFile.writeForOwner(
                file,
                now.stream()
                        .map(RpcUrl::text)
                        .collect(Collectors.joining("\n", first(chain), "\n"))
                        .getBytes(StandardCharsets.UTF_8));
    }
}
