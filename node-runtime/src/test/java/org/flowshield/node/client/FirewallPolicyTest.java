package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.client.FirewallPolicy.Blocked;
import org.flowshield.node.client.FirewallPolicy.Open;
import org.flowshield.node.client.FirewallPolicy.Tunnel;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;

/** What a person's choice makes of what the provider granted. */
final class FirewallPolicyTest {

    private static final List<InetAddress> GRANTED = addresses("100.64.0.1", "fd00::1");
    private static final Tunnel BOTH = new Tunnel(new RoutePlan("fs0", true, true), GRANTED);
    private static final Tunnel ONLY_V4 =
            new Tunnel(new RoutePlan("fs0", true, false), addresses("100.64.0.1"));

    @Test
    void who_has_chosen_nothing_asks_the_provider_and_reaches_no_neighbour() {
        assertThat(BOTH.under(ClientSettings.DEFAULT)).isEqualTo(BOTH);
        assertThat(new Blocked().under(ClientSettings.DEFAULT)).isEqualTo(new Blocked(false));
        assertThat(BOTH.reached()).isEqualTo(GRANTED);
    }

    @Test
    void whoever_was_chosen_is_asked_and_the_provider_is_not() {
        Tunnel chosen = BOTH.under(dns("9.9.9.9", "2620:fe::fe"));
        assertThat(chosen.dns()).isEqualTo(addresses("9.9.9.9", "2620:fe::fe"));
        assertThat(chosen.reached()).isEqualTo(chosen.dns());
        assertThat(chosen.routes()).isEqualTo(BOTH.routes());
    }

    @Test
    void who_is_of_a_family_that_the_tunnel_does_not_carry_is_left_out() {
        Tunnel chosen = ONLY_V4.under(dns("2620:fe::fe", "9.9.9.9"));
        assertThat(chosen.dns()).isEqualTo(addresses("9.9.9.9"));
    }

    @Test
    void if_the_tunnel_leads_to_none_of_them_nobody_answers_instead() {
        Tunnel chosen = ONLY_V4.under(dns("2620:fe::fe"));
        assertThat(chosen.dns()).isEqualTo(addresses("2620:fe::fe"));
        assertThat(chosen.reached()).isEmpty();
    }

    @Test
    void the_local_network_is_reached_in_every_state_that_blocks_and_in_none_that_does_not() {
        ClientSettings lan = new ClientSettings(List.of(), true);
        assertThat(BOTH.under(lan)).isEqualTo(new Tunnel(BOTH.routes(), GRANTED, true));
        assertThat(new Blocked().under(lan)).isEqualTo(new Blocked(true));
        assertThat(new Open().under(lan)).isEqualTo(new Open());
    }

    private static ClientSettings dns(String... servers) {
        return new ClientSettings(addresses(servers).stream().map(DnsServer::new).toList(), false);
    }

    private static List<InetAddress> addresses(String... all) {
        return Arrays.stream(all).map(InetAddress::ofLiteral).toList();
    }
}
