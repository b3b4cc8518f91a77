package org.flowshield.node.identity.proofs;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /flowshield/proofs/1.0.0}: serves headers and proofs of the registry of identities to who
 * has no way to the chain. What was asked lately is answered from memory; the chain is asked at
 * most so often. Each stream runs on the virtual thread that the host gives it.
 */
public final class ProofService implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/proofs/1.0.0");

    private static final Logger LOG = LoggerFactory.getLogger(ProofService.class);

    /** The question, the chain, the way back. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    /** A client asks about a handful of providers at a time. */
    private static final int STREAMS_PER_CONNECTION = 8;

    /** Answers kept: at most 40 MiB if each were of the greatest length; they have some 4 KiB. */
    private static final int REMEMBERED = 1024;

    private final ProofSource chain;
    private final EvmAddress registry;
    private final ProofLimits limits;

    /** Guarded by itself. */
    private final Map<ProofQuery, ProofAnswer> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ProofQuery, ProofAnswer> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param registry of identities: proofs of nothing else are served
     * @param nanoTime monotonic
     */
    public ProofService(ProofSource chain, EvmAddress registry, LongSupplier nanoTime) {
        this.chain = chain;
        this.registry = registry;
        this.limits = new ProofLimits(nanoTime);
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        Deadline.<Object>within(
                WITHIN,
                stream,
                () -> {
                    byte[] query = stream.input().readNBytes(ProofWire.MAX_QUERY + 1);
                    byte[] answer =
                            ProofWire.encode(
                                    answer(
                                            query,
                                            AddressPolicy.counted(
                                                    stream.connection().remoteAddress())));
                    stream.output().write(answer);
                    stream.output().flush();
                    stream.closeWrite();
                    return answer;
                });
    }

    private ProofAnswer answer(byte[] bytes, Optional<Network> from) {
        try {
            return answer(ProofWire.parseQuery(bytes), from);
        } catch (MalformedProofMessageException e) {
            return new ProofAnswer.None(ProofAnswer.Reason.MALFORMED);
        }
    }

    ProofAnswer answer(ProofQuery query, Optional<Network> from) {
        synchronized (known) {
            ProofAnswer before = known.get(query);
            if (before != null) {
                return before;
            }
        }
        if (!limits.take(from)) {
            return new ProofAnswer.None(ProofAnswer.Reason.BUSY);
        }
        try {
            ProofAnswer answer = ask(query);
            if (!(answer instanceof ProofAnswer.None)) {
                synchronized (known) {
                    known.put(query, answer);
                }
            }
            return answer;
        } catch (RpcException e) {
            LOG.debug("a proof was asked for that the chain has not given: {}", e.getMessage());
            return new ProofAnswer.None(ProofAnswer.Reason.UNKNOWN);
        }
    }

    /** A number may name another block by now: only what fits the hash is told. */
    private ProofAnswer ask(ProofQuery query) throws RpcException {
        long number = query.block().number();
        if (query.slot().isEmpty()) {
            byte[] header = chain.header(number);
            Bytes32 hash = Keccak256.hash(header);
            return hash.equals(query.block().hash())
                    ? new ProofAnswer.Header(header)
                    : new ProofAnswer.None(ProofAnswer.Reason.UNKNOWN);
        }
        return new ProofAnswer.Proof(chain.proof(registry, query.slot().get(), number));
    }
}
