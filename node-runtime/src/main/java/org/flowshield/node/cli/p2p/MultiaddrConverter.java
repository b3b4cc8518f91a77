package org.flowshield.node.cli.p2p;

import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address from the command line; what is wrong with it becomes the usage message. */
public final class MultiaddrConverter implements ITypeConverter<Multiaddr> {

    @Override
    public Multiaddr convert(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
