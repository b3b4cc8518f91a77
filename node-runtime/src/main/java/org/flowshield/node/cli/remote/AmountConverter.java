package org.flowshield.node.cli.remote;

import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts of FLOW as people write them. */
public final class AmountConverter implements ITypeConverter<TokenAmount> {

    @Override
    public TokenAmount convert(String value) {
        try {
            return TokenAmount.parse(value);
        } catch (MalformedAmountException e) {
            throw new TypeConversionException("'" + value + "': " + e.getMessage());
        }
    }
}
