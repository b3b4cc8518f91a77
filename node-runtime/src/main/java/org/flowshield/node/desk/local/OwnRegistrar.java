package org.flowshield.node.desk.local;

import java.io.IOException;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeKey;

/** With transactions and gas of the wallet. */
final class OwnRegistrar implements Registrar {

    private final IdentityRegistry identities;
    private final ProviderRegistry providers;
    private final Sending sending;

    OwnRegistrar(OpenNetwork open, Sending sending) {
        this.identities = open.contracts().identities();
        this.providers = open.contracts().providers();
        this.sending = sending;
    }

    @Override
    public boolean paysGas() {
        return true;
    }

    @Override
    public boolean rotatesAtOnce() {
        return true;
    }

    @Override
    public void requireOwnGas(String what) {
        // The chain says whether there is enough.
    }

    @Override
    public Ending bind(EvmAddress wallet, NodeKey key, byte[] proof, long roles)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return identity(wallet, identities.bind(key.bytes(), proof, roles), "identity register");
    }

    @Override
    public Ending rotate(EvmAddress wallet, NodeKey old, NodeKey next, byte[] proof)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return identity(
                wallet, identities.rotate(old.bytes(), next.bytes(), proof), "identity rotate");
    }

    @Override
    public Ending revoke(EvmAddress wallet, NodeKey key)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return identity(wallet, identities.revoke(key.bytes()), "identity revoke");
    }

    private Ending identity(EvmAddress wallet, Call call, String action)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return sending.send(wallet, call, Sending.Purpose.call(action, identities.address()));
    }

    @Override
    public Ending enter(EvmAddress wallet, NodeKey key)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return market(wallet, providers.register(key.bytes(), Bytes32.ZERO, ""), "enter market");
    }

    @Override
    public Ending rename(EvmAddress wallet, NodeKey key, Bytes32 descriptionHash, String uri)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return market(wallet, providers.update(key.bytes(), descriptionHash, uri), "market update");
    }

    private Ending market(EvmAddress wallet, Call call, String action)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return sending.send(wallet, call, Sending.Purpose.call(action, providers.address()));
    }

    @Override
    public Ending describe(EvmAddress wallet, NodeKey key, Bytes32 name, Bytes32 value)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return identity(
                wallet,
                identities.setAttribute(key.bytes(), name, value),
                value.equals(Bytes32.ZERO) ? "attribute remove" : "attribute set");
    }
}
