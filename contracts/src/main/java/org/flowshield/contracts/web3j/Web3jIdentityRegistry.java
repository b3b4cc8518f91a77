package org.flowshield.contracts.web3j;

import static org.flowshield.contracts.generated.IdentityRegistry.*;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingChallenge;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.rpc.Answers;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;

/** The registry of identities by its generated wrapper. */
final class Web3jIdentityRegistry implements IdentityRegistry {

    private static final Bytes32 BOUND = Wrapped.name(BOUND_EVENT);
    private static final Bytes32 REVOKED = Wrapped.name(REVOKED_EVENT);

    private static final Bytes32 ATTRIBUTE_SET = Wrapped.name(ATTRIBUTESET_EVENT);

    private final Chain chain;
    private final Wrapped<org.flowshield.contracts.generated.IdentityRegistry> registry;
    private final Eip712Domain domain;

    Web3jIdentityRegistry(Chain chain, EvmAddress address) {
        this.chain = chain;
        this.registry =
                new Wrapped<>(
                        chain, address, org.flowshield.contracts.generated.IdentityRegistry::load);
        this.domain = RegistryOrder.identities(chain.id(), address);
    }

    @Override
    public EvmAddress address() {
        return registry.address();
    }

    @Override
    public Eip712Domain domain() {
        return domain;
    }

    @Override
    public Binding binding(EvmAddress wallet, Bytes32 nodeKey) throws RpcException {
        byte[] nodeId = BindingSlot.nodeId(wallet, nodeKey).bytes();
        var binding =
                registry.read(
                        org.flowshield.contracts.generated.IdentityRegistry.Binding.class,
                        r -> r.binding(nodeId));
        return new Binding(
                Wrapped.choice(BindingStatus.values(), binding.status),
                Answers.number("roles", () -> binding.roles),
                Wrapped.time(binding.boundAt),
                Wrapped.time(binding.revokedAt));
    }

    @Override
    public List<BindingEvent> events(long from, long to) throws RpcException {
        return registry.events(
                LogQuery.of(registry.address(), BOUND, REVOKED),
                from,
                to,
                Web3jIdentityRegistry::event);
    }

    private static BindingEvent event(
            Bytes32 name, Log log, org.flowshield.contracts.chain.Log where) throws RpcException {
        if (name.equals(BOUND)) {
            var e = getBoundEventFromLog(log);
            return new BindingEvent.Bound(
                    Wrapped.address(e.wallet),
                    Wrapped.word(e.nodeKey),
                    Answers.number("roles", () -> e.roles),
                    e.proof,
                    where);
        }
        var e = getRevokedEventFromLog(log);
        return new BindingEvent.Revoked(Wrapped.address(e.wallet), Wrapped.word(e.nodeKey), where);
    }

    @Override
    public Bytes32 attribute(EvmAddress wallet, Bytes32 nodeKey, Bytes32 name) throws RpcException {
        byte[] nodeId = BindingSlot.nodeId(wallet, nodeKey).bytes();
        return Wrapped.word(registry.read(byte[].class, r -> r.attribute(nodeId, name.bytes())));
    }

    @Override
    public List<Bytes32> attributeNames(EvmAddress wallet, Bytes32 nodeKey, long from, long to)
            throws RpcException {
        List<Bytes32> names =
                registry.events(
                        LogQuery.of(registry.address(), ATTRIBUTE_SET)
                                .with(BindingSlot.nodeId(wallet, nodeKey)),
                        from,
                        to,
                        (_, log, _) -> Wrapped.word(getAttributeSetEventFromLog(log).name));
        return names.stream().distinct().toList();
    }

    @Override
    public Bytes32 challenge(EvmAddress wallet, Bytes32 nodeKey) {
        return BindingChallenge.of(chain.id(), registry.address(), wallet, nodeKey);
    }

    @Override
    public Call bind(Bytes32 nodeKey, byte[] proof, long roles) {
        return registry.call(
                "binds a node to the wallet",
                r -> r.bind(nodeKey.bytes(), proof, BigInteger.valueOf(roles)));
    }

    @Override
    public Call rotate(Bytes32 oldKey, Bytes32 newKey, byte[] proof) {
        return registry.call(
                "puts a new node key in place of an old one",
                r -> r.rotate(oldKey.bytes(), newKey.bytes(), proof));
    }

    @Override
    public Call revoke(Bytes32 nodeKey) {
        return registry.call("revokes a node key", r -> r.revoke(nodeKey.bytes()));
    }

    @Override
    public Call setAttribute(Bytes32 nodeKey, Bytes32 name, Bytes32 value) {
        return registry.call(
                "describes a node",
                r -> r.setAttribute(nodeKey.bytes(), name.bytes(), value.bytes()));
    }

    @Override
    public Bytes32 bindingDigest(
            EvmAddress wallet, Bytes32 nodeKey, byte[] proof, long roles, RelayTerms terms) {
        return new RegistryOrder.Bind(wallet, nodeKey, proof, roles, terms)
                .digest(chain.id(), registry.address());
    }

    @Override
    public Call bindFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            byte[] proof,
            long roles,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit) {
        return registry.call(
                "binds a node to the wallet " + wallet,
                r ->
                        r.bindFor(
                                wallet.toString(),
                                nodeKey.bytes(),
                                proof,
                                BigInteger.valueOf(roles),
                                Wrapped.meta(terms, fee, Meta::new),
                                signature.bytes(),
                                Wrapped.permit(permit, Permit::new)));
    }

    @Override
    public Bytes32 revocationDigest(EvmAddress wallet, Bytes32 nodeKey, RelayTerms terms) {
        return new RegistryOrder.Revoke(wallet, nodeKey, terms)
                .digest(chain.id(), registry.address());
    }

    @Override
    public Call revokeFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit) {
        return registry.call(
                "revokes a node key of the wallet " + wallet,
                r ->
                        r.revokeFor(
                                wallet.toString(),
                                nodeKey.bytes(),
                                Wrapped.meta(terms, fee, Meta::new),
                                signature.bytes(),
                                Wrapped.permit(permit, Permit::new)));
    }
}
