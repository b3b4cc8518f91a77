package org.flowshield.contracts.web3j;

import static org.flowshield.contracts.generated.ProviderRegistry.*;

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
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderEvent;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;

/** The registry of providers by its generated wrapper. */
final class Web3jProviderRegistry implements ProviderRegistry {

    private static final Bytes32 REGISTERED = Wrapped.name(REGISTERED_EVENT);
    private static final Bytes32 UPDATED = Wrapped.name(UPDATED_EVENT);
    private static final Bytes32 EXITED = Wrapped.name(EXITED_EVENT);
    private static final Bytes32 JAILED = Wrapped.name(JAILED_EVENT);
    private static final Bytes32 UNJAILED = Wrapped.name(UNJAILED_EVENT);

    private final Wrapped<org.flowshield.contracts.generated.ProviderRegistry> registry;
    private final Eip712Domain domain;

    Web3jProviderRegistry(Chain chain, EvmAddress address) {
        this.registry =
                new Wrapped<>(
                        chain, address, org.flowshield.contracts.generated.ProviderRegistry::load);
        this.domain = RegistryOrder.providers(chain.id(), address);
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
    public boolean isActive(EvmAddress wallet) throws RpcException {
        return registry.read(Boolean.class, r -> r.isActive(wallet.toString()));
    }

    @Override
    public ProviderEntry provider(EvmAddress wallet) throws RpcException {
        Provider provider = registry.read(Provider.class, r -> r.provider(wallet.toString()));
        return new ProviderEntry(
                Wrapped.choice(ProviderStatus.values(), provider.status),
                Wrapped.time(provider.registeredAt),
                Wrapped.time(provider.jailedUntil),
                Wrapped.word(provider.nodeKey),
                Wrapped.word(provider.metaHash));
    }

    @Override
    public TokenAmount minStake() throws RpcException {
        return Wrapped.amount(
                registry.read(
                        BigInteger.class,
                        org.flowshield.contracts.generated.ProviderRegistry::minStake));
    }

    @Override
    public BigInteger nonce(EvmAddress wallet) throws RpcException {
        return registry.read(BigInteger.class, r -> r.nonces(wallet.toString()));
    }

    @Override
    public List<ProviderEvent> events(long from, long to) throws RpcException {
        return registry.events(
                LogQuery.of(registry.address(), REGISTERED, UPDATED, EXITED, JAILED, UNJAILED),
                from,
                to,
                Web3jProviderRegistry::event);
    }

    private static ProviderEvent event(
            Bytes32 name, Log log, org.flowshield.contracts.chain.Log where) throws RpcException {
        if (name.equals(REGISTERED)) {
            var e = getRegisteredEventFromLog(log);
            return new ProviderEvent.Described(
                    Wrapped.address(e.wallet),
                    Wrapped.word(e.nodeKey),
                    Wrapped.word(e.metaHash),
                    e.uri,
                    where);
        }
        if (name.equals(UPDATED)) {
            var e = getUpdatedEventFromLog(log);
            return new ProviderEvent.Described(
                    Wrapped.address(e.wallet),
                    Wrapped.word(e.nodeKey),
                    Wrapped.word(e.metaHash),
                    e.uri,
                    where);
        }
        if (name.equals(EXITED)) {
            return new ProviderEvent.Exited(
                    Wrapped.address(getExitedEventFromLog(log).wallet), where);
        }
        if (name.equals(JAILED)) {
            var e = getJailedEventFromLog(log);
            return new ProviderEvent.Jailed(
                    Wrapped.address(e.wallet),
                    Wrapped.time(e.until),
                    Wrapped.word(e.reason),
                    where);
        }
        return new ProviderEvent.Unjailed(
                Wrapped.address(getUnjailedEventFromLog(log).wallet), where);
    }

    @Override
    public Call register(Bytes32 nodeKey, Bytes32 descriptionHash, String uri) {
        return registry.call(
                "registers as a provider",
                r -> r.register(nodeKey.bytes(), descriptionHash.bytes(), uri));
    }

    @Override
    public Call update(Bytes32 nodeKey, Bytes32 descriptionHash, String uri) {
        return registry.call(
                "changes the provider's entry",
                r -> r.update(nodeKey.bytes(), descriptionHash.bytes(), uri));
    }

    @Override
    public Call exit() {
        return registry.call(
                "leaves the market", org.flowshield.contracts.generated.ProviderRegistry::exit);
    }

    @Override
    public Bytes32 registrationDigest(
            EvmAddress wallet,
            Bytes32 nodeKey,
            Bytes32 descriptionHash,
            String uri,
            BigInteger nonce,
            RelayTerms terms) {
        return new RegistryOrder.Register(wallet, nodeKey, descriptionHash, uri, nonce, terms)
                .digest(domain.chain(), domain.contract());
    }

    @Override
    public Call registerFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            Bytes32 descriptionHash,
            String uri,
            BigInteger nonce,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit) {
        return registry.call(
                "registers the provider " + wallet,
                r ->
                        r.registerFor(
                                wallet.toString(),
                                nodeKey.bytes(),
                                descriptionHash.bytes(),
                                uri,
                                nonce,
                                Wrapped.meta(terms, fee, Meta::new),
                                signature.bytes(),
                                Wrapped.permit(permit, Permit::new)));
    }
}
