package org.flowshield.contracts.rpc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.chain.RpcException.Kind;
import org.flowshield.contracts.evm.ChainId;
import org.web3j.protocol.Service;
import org.web3j.utils.Numeric;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What web3j speaks through: several RPCs of one chain, the next when one is in trouble that may
 * pass. None is believed before it says that it is of this chain, and after trouble it must say so
 * again. Safe for use by any thread.
 */
final class RpcService extends Service {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String WHICH_CHAIN =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"eth_chainId\",\"params\":[]}";

    private static final int UNCHECKED = 0;
    private static final int CHECKED = 1;

    private final ChainId chain;
    private final RpcTransport transport;
    private final List<Endpoint> endpoints;
    private final AtomicIntegerArray checked;
    private final AtomicInteger current = new AtomicInteger();

    /**
     * @param transport closed with this
     */
    RpcService(ChainId chain, List<URI> uris, RpcLimits limits, RpcTransport transport) {
        super(false);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("a chain is asked through one RPC at least");
        }
        this.chain = chain;
        this.transport = transport;
        this.endpoints = uris.stream().map(uri -> new Endpoint(uri, transport, limits)).toList();
        this.checked = new AtomicIntegerArray(uris.size());
    }

    @Override
    protected InputStream performIO(String payload) throws RpcException {
        RpcException last = null;
        for (int i = 0; i < endpoints.size(); i++) {
            int index = current.get();
            try {
                return new ByteArrayInputStream(ask(index, payload));
            } catch (RpcException e) {
                checked.set(index, UNCHECKED);
                if (!e.passes()) {
                    throw e;
                }
                last = e;
                current.compareAndSet(index, (index + 1) % endpoints.size());
            }
        }
        throw last == null ? new RpcException(Kind.UNREACHABLE, "no RPC is known") : last;
    }

    private byte[] ask(int index, String payload) throws RpcException {
        Endpoint endpoint = endpoints.get(index);
        if (checked.get(index) == UNCHECKED) {
            requireChain(endpoint);
            checked.set(index, CHECKED);
        }
        return endpoint.post(payload);
    }

    private void requireChain(Endpoint endpoint) throws RpcException {
        BigInteger said;
        try {
            JsonNode result = JSON.readTree(endpoint.post(WHICH_CHAIN)).path("result");
            said = Numeric.decodeQuantity(result.asString());
        } catch (JacksonException | IllegalArgumentException e) {
            throw notSaid(endpoint, e);
        } catch (RuntimeException e) { // web3j's own
            throw notSaid(endpoint, e);
        }
        if (!said.equals(BigInteger.valueOf(chain.value()))) {
            throw new RpcException(
                    Kind.WRONG_CHAIN,
                    endpoint
                            + " is of chain "
                            + said
                            + ", the network file names chain "
                            + chain
                            + ". Nothing is sent through it: correct one of the two");
        }
    }

    private static RpcException notSaid(Endpoint endpoint, RuntimeException e) {
        return new RpcException(Kind.MALFORMED, endpoint + " does not say which chain it is of", e);
    }

    void wayChanged() {
        transport.wayChanged();
    }

    @Override
    public void close() {
        transport.close();
    }
}
