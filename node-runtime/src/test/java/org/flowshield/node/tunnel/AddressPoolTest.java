package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.flowshield.node.tunnel.AddressPool.Lease;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.control.Messages;
import org.junit.jupiter.api.Test;

final class AddressPoolTest {

    /** Addresses .0 to .7: network, gateway, five sessions, broadcast. */
    private final AddressPool small = AddressPool.of(29, 0x12_3456_789aL);

    @Test
    void the_gateway_is_the_first_host() {
        assertThat(small.gateway4()).isEqualTo(Messages.v4("100.64.0.1"));
        assertThat(small.gateway6()).isEqualTo(Messages.v6("fd12:3456:789a::1"));
    }

    @Test
    void sessions_get_the_hosts_behind_the_gateway() {
        Lease lease = small.assign().orElseThrow();
        assertThat(lease.v4()).isEqualTo(Messages.v4("100.64.0.2"));
        assertThat(lease.v6()).isEqualTo(Messages.v6("fd12:3456:789a::2"));
    }

    @Test
    void a_pool_that_is_used_up_gives_nothing_until_something_comes_back() {
        List<Lease> leases = drain(small);
        assertThat(leases).hasSize(5);
        assertThat(leases).extracting(Lease::v4).doesNotContain(Messages.v4("100.64.0.7"));
        small.release(leases.get(3));
        assertThat(small.assign()).contains(leases.get(3));
        assertThat(small.assign()).isEmpty();
    }

    @Test
    void an_address_given_back_is_the_last_to_be_given_again() {
        Lease first = small.assign().orElseThrow();
        small.release(first);
        List<Lease> leases = drain(small);
        assertThat(leases).hasSize(5).last().isEqualTo(first);
    }

    @Test
    void an_address_can_be_given_back_once() {
        Lease lease = small.assign().orElseThrow();
        small.release(lease);
        assertThatThrownBy(() -> small.release(lease)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_two_sessions_ever_share_an_address() {
        long seed = new SecureRandom().nextLong();
        Random random = new Random(seed);
        AddressPool pool = AddressPool.of(26, seed);
        List<Lease> held = new ArrayList<>();
        Set<Object> addresses = new HashSet<>();
        for (int step = 0; step < 20_000; step++) {
            if (!held.isEmpty() && random.nextInt(100) < 48) {
                Lease back = held.remove(random.nextInt(held.size()));
                addresses.remove(back.v4());
                addresses.remove(back.v6());
                pool.release(back);
                continue;
            }
            Optional<Lease> lease = pool.assign();
            assertThat(lease.isEmpty()).as("seed %s", seed).isEqualTo(held.size() == 61);
            lease.ifPresent(
                    given -> {
                        assertThat(addresses.add(given.v4())).as("seed %s", seed).isTrue();
                        assertThat(addresses.add(given.v6())).as("seed %s", seed).isTrue();
                        held.add(given);
                    });
        }
    }

    @Test
    void a_random_pool_lies_in_the_ranges_meant_for_it() {
        AddressPool pool = AddressPool.random(new SecureRandom());
        Lease lease = pool.assign().orElseThrow();
        assertThat(Grant.isInner(lease.v4())).isTrue();
        assertThat(Grant.isInner(lease.v6())).isTrue();
        assertThat(pool.prefixLength4()).isEqualTo(20);
        assertThat(AddressPool.random(new SecureRandom()).gateway6()).isNotEqualTo(pool.gateway6());
    }

    @Test
    void knows_who_has_an_address_now() {
        AddressPool pool = AddressPool.random(new SecureRandom());
        Lease lease = pool.assign().orElseThrow();
        assertThat(pool.isAssigned(lease.v4())).isTrue();
        assertThat(pool.isAssigned(lease.v6())).isTrue();
        assertThat(pool.isAssigned(pool.gateway4())).isFalse();
        assertThat(pool.isAssigned(pool.gateway6())).isFalse();
        assertThat(pool.isAssigned(Messages.v4("203.0.113.2"))).isFalse();
        assertThat(pool.isAssigned(Messages.v6("2001:db8::2"))).isFalse();
        assertThat(pool.isAssigned(Messages.v6("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .isFalse();
        pool.release(lease);
        assertThat(pool.isAssigned(lease.v4())).isFalse();
    }

    @Test
    void two_providers_seldom_have_the_same_part() {
        SecureRandom random = new SecureRandom();
        Set<Inet4Address> gateways = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Inet4Address gateway = AddressPool.random(random).gateway4();
            assertThat(gateway.getAddress()[3]).isEqualTo((byte) 1);
            gateways.add(gateway);
        }
        // 100 of 1,024: less than 60 different ones come once in the age of the universe.
        assertThat(gateways).hasSizeGreaterThan(60);
    }

    private static List<Lease> drain(AddressPool pool) {
        List<Lease> leases = new ArrayList<>();
        for (Optional<Lease> lease = pool.assign(); lease.isPresent(); lease = pool.assign()) {
            leases.add(lease.orElseThrow());
        }
        return leases;
    }
}
