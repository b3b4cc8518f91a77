package org.flowshield.node.provider;

import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.Country;

/** Where a provider's money comes in, at a price that may change. Any thread. */
public interface Till {

    Cashier cashier();

    EvmAddress payee();

    /** What is asked for, and where the provider says that it is, from the next offer on. */
    void asks(TokenAmount pricePerGib, Optional<Country> country);
}
