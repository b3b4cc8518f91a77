package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;

final class RoutedFirewallTest {

    private static final RoutePlan PLAN = new RoutePlan("flowshield0", true, true);

    private final List<String> done = new ArrayList<>();
    private int failures;

    private final RoutedFirewall firewall =
            new RoutedFirewall(
                    () -> {
                        done.add("block");
                        return new Routes();
                    },
                    new Resolver(),
                    null);

    @Test
    void what_was_held_is_held_until_a_policy_is_in_force() throws Exception {
        RoutedFirewall after =
                new RoutedFirewall(
                        () -> {
                            done.add("block");
                            if (failures > 0) {
                                failures--;
                                throw new IOException("not now");
                            }
                            return new Routes();
                        },
                        new Resolver(),
                        () -> done.add("let go"));
        failures = 1;
        assertThatIOException().isThrownBy(() -> after.apply(new FirewallPolicy.Blocked(false)));
        after.apply(new FirewallPolicy.Blocked(false));
        after.apply(new FirewallPolicy.Open());
        assertThat(done)
                .containsExactly("block", "block", "lan false", "let go", "restore", "close");
    }

    @Test
    void what_was_held_is_let_out_when_nothing_is_to_be_blocked() throws Exception {
        new RoutedFirewall(Routes::new, new Resolver(), () -> done.add("let go"))
                .apply(new FirewallPolicy.Open());
        assertThat(done).containsExactly("restore", "let go");
    }

    @Test
    void the_servers_of_names_are_named_before_the_way_is_open() throws Exception {
        InetAddress server = InetAddress.getByName("9.9.9.9");
        firewall.apply(new FirewallPolicy.Blocked(false));
        firewall.apply(new FirewallPolicy.Tunnel(PLAN, List.of(server), false));
        assertThat(done).containsExactly("block", "lan false", "lan false", "names", "lead");
    }

    @Test
    void routes_that_could_not_be_taken_back_block_nobody_and_are_made_anew() throws Exception {
        firewall.apply(new FirewallPolicy.Blocked(false));
        failures = 1;
        assertThatIOException().isThrownBy(() -> firewall.apply(new FirewallPolicy.Open()));
        done.clear();
        firewall.apply(new FirewallPolicy.Blocked(false));
        assertThat(done).containsExactly("close", "block", "lan false");
    }

    @Test
    void what_can_t_be_cleared_away_is_no_policy_in_force() throws Exception {
        firewall.apply(new FirewallPolicy.Blocked(false));
        failures = 2;
        assertThatIOException().isThrownBy(() -> firewall.apply(new FirewallPolicy.Open()));
        assertThatIOException().isThrownBy(() -> firewall.apply(new FirewallPolicy.Blocked(false)));
        firewall.apply(new FirewallPolicy.Blocked(false));
        assertThat(done).endsWith("close", "block", "lan false");
    }

    private final class Routes implements ClientRoutes {

        @Override
        public void leadInto(RoutePlan plan) {
            done.add("lead");
        }

        @Override
        public void reachLan(boolean reached) {
            done.add("lan " + reached);
        }

        @Override
        public void close() throws IOException {
            done.add("close");
            if (failures > 0) {
                failures--;
                throw new IOException("a part of them stays");
            }
        }
    }

    private final class Resolver implements SystemResolver {

        @Override
        public void pointAt(List<InetAddress> servers) {
            done.add("names");
        }

        @Override
        public void restore() {
            done.add("restore");
        }
    }
}
