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

    /** "0x" and the 16 digits of 64 bits: the number of no chain is longer. */
    private static final int MAX_QUANTITY_CHARS = 18;

    private static final int UNCHECKED = 0;
    private static final int CHECKED = 1;

    private final ChainId chain;
    private final RpcLimits limits;
    private final RpcTransport transport;

    /** Whoever asks goes on with those that it began with. */
    private volatile Endpoints endpoints;

    /**
     * Those that are asked.
     *
     * @param checked which of them have said that they are of this chain
     * @param current who is asked first
     */
    private record Endpoints(
            List<Endpoint> all, AtomicIntegerArray checked, AtomicInteger current) {}

    /**
     * @param transport closed with this
     */
    RpcService(ChainId chain, List<URI> uris, RpcLimits limits, RpcTransport transport) {
        super(false);
        this.chain = chain;
        this.limits = limits;
        this.transport = transport;
        this.endpoints = endpoints(uris);
    }

    private Endpoints endpoints(List<URI> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("a chain is asked through one RPC at least");
        }
        return new Endpoints(
                uris.stream().map(uri -> new Endpoint(uri, transport, limits)).toList(),
                new AtomicIntegerArray(uris.size()),
                new AtomicInteger());
    }

    /** Others are asked from now on. */
    void use(List<URI> uris) {
        endpoints = endpoints(uris);
    }

    @Override
    protected InputStream performIO(String payload) throws RpcException {
        Endpoints now = endpoints;
        int size = now.all().size();
        RpcException last = null;
        for (int i = 0; i < size; i++) {
            int index = now.current().get();
            try {
                return new ByteArrayInputStream(ask(now, index, payload));
            } catch (RpcException e) {
                now.checked().set(index, UNCHECKED);
                if (!e.passes()) {
                    throw e;
                }
                last = e;
                now.current().compareAndSet(index, (index + 1) % size);
            }
        }
        throw last == null ? new RpcException(Kind.UNREACHABLE, "no RPC is known") : last;
    }

    private byte[] ask(Endpoints of, int index, String payload) throws RpcException {
        Endpoint endpoint = of.all().get(index);
        if (of.checked().get(index) == UNCHECKED) {
            requireChain(endpoint);
            of.checked().set(index, CHECKED);
        }
        return endpoint.post(payload);
    }

    private void requireChain(Endpoint endpoint) throws RpcException {
        BigInteger said;
        try {
            String result = JSON.readTree(endpoint.post(WHICH_CHAIN)).path("result").asString();
            if (result.length() > MAX_QUANTITY_CHARS) {
                throw new IllegalArgumentException(
                        "a number of " + result.length() + " characters");
            }
            said = Numeric.decodeQuantity(result);
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
