package org.flowshield.node.cli.node;

import org.flowshield.node.exit.Cidr;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range from the command line; what is wrong with it becomes the usage message. */
final class CidrConverter implements ITypeConverter<Cidr> {

    @Override
    public Cidr convert(String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
