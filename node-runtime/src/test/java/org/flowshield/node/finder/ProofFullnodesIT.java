package org.flowshield.node.finder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.client.ControlPlane;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.flowshield.node.identity.chain.ProvenRegistry.Witness;
import org.flowshield.node.identity.proofs.ProofService;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.swarm.SomeSwarm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that looks for proofs in a market of real nodes. */
@Timeout(120)
final class ProofFullnodesIT {

    private static final byte[] HEADER = "what a chain calls its block 7".getBytes(UTF_8);
    private static final ProvenRegistry.Block BLOCK =
            new ProvenRegistry.Block(7, Keccak256.hash(HEADER));

    /** Of one block, and nothing else. */
    private static final ProofSource CHAIN =
            new ProofSource() {
                @Override
                public byte[] header(long number) {
                    return HEADER.clone();
                }

                @Override
                public StorageProof proof(EvmAddress contract, Bytes32 slot, long block)
                        throws RpcException {
                    throw new RpcException(RpcException.Kind.MALFORMED, "there is no proof");
                }
            };

    private final LoopbackMarket market = new LoopbackMarket();
    private final AtomicLong nanoTime = new AtomicLong();
    private final ControlSockets control = new ControlSockets(0);

    ProofFullnodesIT() throws Exception {}

    @AfterEach
    void close() {
        market.close();
    }

    private ProofFullnodes client(Multiaddr... begin) {
        control.goes(ControlPlane.Way.OPEN);
        return new ProofFullnodes(
                new Finder.Settings(LoopbackMarket.NETWORK, true),
                new SecureRandom(),
                () -> 0,
                "test/1",
                LoopbackMarket.beginning(
                        new Names(control, InetAddress::getAllByName), List.of(begin)),
                market.clock,
                nanoTime::get);
    }

    private LoopbackMarket.Fullnode proving() throws Exception {
        LoopbackMarket.Fullnode fullnode = market.fullnode();
        fullnode.running.member.serve(
                new ProofService(CHAIN, Parties.address(1), System::nanoTime));
        return fullnode;
    }

    private static List<Witness> telling(List<Witness> all) {
        return all.stream().filter(one -> one.header(BLOCK).isPresent()).toList();
    }

    @Test
    void others_are_found_where_those_to_begin_with_prove_nothing() throws Exception {
        var _ = proving();
        try (ProofFullnodes client = client(market.bootstrap())) {
            assertThat(telling(client.get())).as("the bootstrap is no fullnode").isEmpty();
            assertThat(client.get()).as("it is not asked again at once").hasSizeLessThan(2);
            SomeSwarm.await("a fullnode is found", () -> !client.get().isEmpty());
            assertThat(telling(client.get())).hasSize(1);
        }
    }

    @Test
    void one_that_lied_is_left_alone() throws Exception {
        LoopbackMarket.Fullnode fullnode = proving();
        try (ProofFullnodes client = client(fullnode.running.address())) {
            List<Witness> asked = telling(client.get());
            assertThat(asked).hasSize(1);
            asked.getFirst().lied("its proof is none");
            assertThat(client.get()).doesNotContain(asked.getFirst());
            nanoTime.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(client.get()).contains(asked.getFirst());
        }
    }

    @Test
    void it_is_dialled_anew_when_the_way_has_changed() throws Exception {
        LoopbackMarket.Fullnode fullnode = proving();
        try (ProofFullnodes client = client(fullnode.running.address())) {
            control.onChange(client::drop);
            assertThat(telling(client.get())).hasSize(1);
            control.goes(ControlPlane.Way.INSIDE);
            assertThat(telling(client.get())).hasSize(1);
        }
    }

    @Test
    void nobody_is_asked_after_the_end() throws Exception {
        LoopbackMarket.Fullnode fullnode = proving();
        ProofFullnodes client = client(fullnode.running.address());
        List<Witness> asked = client.get();
        client.close();
        assertThat(telling(asked)).isEmpty();
    }
}
