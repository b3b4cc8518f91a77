package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;

final class AdvertisedAddressesTest {

    private final AdvertisedAddresses machine =
            AdvertisedAddresses.ofMachine(
                    () ->
                            List.of(
                                    ip("127.0.0.1"),
                                    ip("192.0.2.1"),
                                    ip("fe80::1"),
                                    ip("2001:db8::1")));

    @Test
    void tells_the_machines_addresses_for_the_unspecified_one() {
        assertThat(machine.of(addresses("/ip4/0.0.0.0/tcp/4001")))
                .isEqualTo(addresses("/ip4/127.0.0.1/tcp/4001", "/ip4/192.0.2.1/tcp/4001"));
        assertThat(machine.of(addresses("/ip6/::/udp/4001/quic-v1")))
                .isEqualTo(addresses("/ip6/2001:db8::1/udp/4001/quic-v1"));
    }

    @Test
    void tells_others_as_they_are_and_once() {
        assertThat(machine.of(addresses("/ip4/192.0.2.1/tcp/1", "/ip4/0.0.0.0/tcp/1")))
                .isEqualTo(addresses("/ip4/192.0.2.1/tcp/1", "/ip4/127.0.0.1/tcp/1"));
    }

    @Test
    void does_not_tell_more_than_fits_a_small_message() {
        String[] many =
                IntStream.range(0, 100)
                        .mapToObj(i -> "/ip4/192.0.2.1/tcp/" + i)
                        .toArray(String[]::new);
        assertThat(machine.of(addresses(many))).hasSize(AdvertisedAddresses.MAX);
    }

    @Test
    void finds_the_loopback_of_this_machine() {
        assertThat(AdvertisedAddresses.ofThisMachine().of(addresses("/ip4/0.0.0.0/tcp/7")))
                .containsAll(addresses("/ip4/127.0.0.1/tcp/7"));
    }

    private static List<Multiaddr> addresses(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(
                        text -> {
                            try {
                                return Multiaddr.parse(text);
                            } catch (MalformedMultiaddrException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
