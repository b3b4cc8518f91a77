package org.flowshield.node.provider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunSettings;

/**
 * What a provider needs of the system that it runs on; chosen where the node is wired.
 *
 * @param tuns opens its device
 * @param machine that becomes the exit
 * @param resolvers whom the machine itself asks for names; asked every few seconds
 * @param mark of the provider's own sockets, by which they keep to the machine's own routes
 */
public record ProviderPlatform(
        TunOpener tuns,
        ExitMachine machine,
        Supplier<List<InetSocketAddress>> resolvers,
        int mark) {

    /** Opens devices. */
    @FunctionalInterface
    public interface TunOpener {
        Tun open(TunSettings settings) throws IOException;
    }
}
