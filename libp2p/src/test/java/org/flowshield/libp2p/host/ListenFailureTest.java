package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.net.BindException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenFailureTest {

    private static final Multiaddr HERE = HostPair.parse("/ip4/192.0.2.1/tcp/443");

    @BeforeAll
    static void load_netty() {
        Epoll.ensureAvailability();
    }

    /** What the kernel says, as the JDK and as Netty hand it on. */
    @ParameterizedTest
    @CsvSource({
        "98, Address already in use, another program uses the port",
        "13, Permission denied, not allowed; ports below 1024",
        "99, Cannot assign requested address, this machine does not have that address",
    })
    void says_what_is_wrong_and_what_to_do(int errno, String kernel, String told) {
        assertThat(ListenFailure.of(HERE, new BindException(kernel)))
                .hasMessageStartingWith("cannot listen on /ip4/192.0.2.1/tcp/443: " + told);
        assertThat(ListenFailure.of(HERE, new Errors.NativeIoException("bind", -errno)))
                .hasMessageStartingWith("cannot listen on /ip4/192.0.2.1/tcp/443: " + told);
    }
}
