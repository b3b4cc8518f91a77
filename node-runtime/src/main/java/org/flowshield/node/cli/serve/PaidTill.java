package org.flowshield.node.cli.serve;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.advertise.Goods;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.session.OfferBook;
import org.flowshield.node.payment.session.PayeeService;
import org.flowshield.node.payment.session.PayeeSettings;
import org.flowshield.node.provider.Cashier;
import org.flowshield.node.provider.Till;
import org.flowshield.node.tunnel.credit.ProviderBilling;

/** The till of a provider that is paid through channels. Any thread. */
record PaidTill(
        EvmAddress payee,
        OfferBook offers,
        PayeeService service,
        List<ProtocolBinding> protocols,
        MarketNetwork network,
        PrivateKey key)
        implements Till, Cashier {

    @Override
    public Cashier cashier() {
        return this;
    }

    @Override
    public void asks(TokenAmount pricePerGib, Optional<Country> country) {
        Service said = offers.current().offer().service();
        offers.asks(
                PayeeSettings.of(payee, new Price(pricePerGib))
                        .with(
                                new Service(
                                        said.bitsPerSecond(),
                                        country,
                                        said.ipv4(),
                                        said.ipv6(),
                                        said.protocols())));
    }

    @Override
    public ProviderBilling billing() {
        return service;
    }

    @Override
    public Optional<SessionPayment> payment(PeerId client) {
        return service.payment(client);
    }

    @Override
    public Optional<Goods> goods() {
        return Optional.of(
                new Goods(network, offers, key, offers.current().offer().service().country()));
    }
}
