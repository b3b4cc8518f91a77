package org.flowshield.node.api.client;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.api.json.WalletBody;

/**
 * Who the daemon behind a socket is; see {@link org.flowshield.node.api.identity.Identities} for
 * what each method means. Safe for use by any thread.
 */
public final class NodeIdentities {

    private final NodeClient client;

    NodeIdentities(NodeClient client) {
        this.client = client;
    }

    public IdentityStatus status()
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get("/v1/identity", IdentityStatus.class);
    }

    public IdentityProof prove(EvmAddress wallet)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/identity/proof", new WalletBody(wallet), IdentityProof.class);
    }

    public IdentityProof proveNext(EvmAddress wallet)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/identity/next", new WalletBody(wallet), IdentityProof.class);
    }

    public IdentityStatus adopt() throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/identity/adopt", null, IdentityStatus.class);
    }

    public IdentityStatus belongTo(EvmAddress wallet)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.post("/v1/identity/wallet", new WalletBody(wallet), IdentityStatus.class);
    }
}
