package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.routing.LeftBlocked;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings of a role that is off, what is held for it, and what is said of servers that can't be
 * asked.
 */
final class ClientRoleTest {

    private static final ClientSettings OWN_V6 =
            new ClientSettings(List.of(new DnsServer(InetAddress.ofLiteral("2620:fe::fe"))), false);

    @TempDir private Path folder = Path.of("");

    @Test
    void a_change_is_kept_while_the_role_is_off() throws Exception {
        Path file = folder.resolve("client.settings");
        ClientRole role = role(OwnSettings.kept(ClientSettings.DEFAULT, file));
        assertThat(role.change(new ClientSettingsChange(OWN_V6.dns(), null))).isEqualTo(OWN_V6);
        assertThat(role.settings()).isEqualTo(OWN_V6);
        assertThat(role(OwnSettings.kept(ClientSettings.DEFAULT, file)).settings())
                .isEqualTo(OWN_V6);
    }

    @Test
    void a_change_that_can_not_be_kept_is_refused_and_does_not_hold() throws Exception {
        Path nowhere = folder.resolve("none").resolve("client.settings");
        ClientRole role = role(OwnSettings.kept(ClientSettings.DEFAULT, nowhere));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> role.change(new ClientSettingsChange(null, true)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("settings_not_kept"));
        assertThat(role.settings()).isEqualTo(ClientSettings.DEFAULT);
    }

    @Test
    void it_is_said_if_the_tunnel_leads_to_none_of_the_servers_that_were_chosen() {
        Optional<Problem> said = ClientRole.unanswered(ipv4Only().under(OWN_V6), OWN_V6);
        assertThat(said).map(Problem::code).contains("dns_not_carried");
        assertThat(said).map(Problem::message).get().asString().contains("IPv4 only");
    }

    @Test
    void nothing_is_said_of_servers_that_can_be_asked_or_were_not_chosen() {
        ClientSettings both =
                new ClientSettings(
                        List.of(
                                OWN_V6.dns().getFirst(),
                                new DnsServer(InetAddress.ofLiteral("9.9.9.9"))),
                        false);
        assertThat(ClientRole.unanswered(ipv4Only().under(both), both)).isEmpty();
        assertThat(ClientRole.unanswered(ipv4Only(), ClientSettings.DEFAULT)).isEmpty();
    }

    @Test
    void traffic_is_held_while_the_role_is_off_and_let_out_by_disconnecting() throws Exception {
        List<String> done = new ArrayList<>();
        ClientRole role = holding(() -> done.add("let go"));
        ClientStatus held = role.status();
        assertThat(role.isHolding()).isTrue();
        assertThat(held.state()).isEqualTo(ClientState.RECONNECTING);
        assertThat(held.provider()).isNull();
        assertThat(held.problem()).isNotNull().extracting(Problem::code).isEqualTo("restarted");
        assertThat(role.status()).isEqualTo(held);
        assertThat(role.disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(role.isHolding()).isFalse();
        role.letGo();
        role.stop();
        assertThat(done).containsExactly("let go");
    }

    @Test
    void what_can_not_be_let_out_is_held_and_tried_again() throws Exception {
        List<String> done = new ArrayList<>();
        ClientRole role =
                holding(
                        () -> {
                            done.add("try");
                            if (done.size() == 1) {
                                throw new IOException("not now");
                            }
                        });
        assertThat(role.disconnect().state()).isEqualTo(ClientState.RECONNECTING);
        assertThat(role.isHolding()).isTrue();
        role.stop();
        assertThat(role.status().state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(done).hasSize(2);
    }

    @Test
    void who_begins_anew_holds_nothing() {
        ClientRole role = role(OwnSettings.passing(ClientSettings.DEFAULT));
        assertThat(role.isHolding()).isFalse();
        assertThat(role.status().state()).isEqualTo(ClientState.DISCONNECTED);
    }

    private static FirewallPolicy.Tunnel ipv4Only() {
        return new FirewallPolicy.Tunnel(new RoutePlan("fs0", true, false), List.of());
    }

    private static ClientRole role(OwnSettings settings) {
        return new ClientRole(adapters(), settings, new SecureRandom(), Clock.systemUTC());
    }

    private static ClientRole holding(LeftBlocked left) {
        return new ClientRole(
                adapters(),
                OwnSettings.passing(ClientSettings.DEFAULT),
                Optional.of(left),
                new SecureRandom(),
                Clock.systemUTC());
    }

    private static ClientAdapters adapters() {
        return new ClientAdapters(
                () -> {
                    throw new IOException("nothing is to be blocked");
                },
                new NoResolver(),
                _ -> {
                    throw new AssertionError("no device is to be made");
                },
                () -> "",
                Billing.NONE,
                ControlPlane.NONE,
                0);
    }

    private static final class NoResolver implements SystemResolver {
        @Override
        public void pointAt(List<InetAddress> servers) throws IOException {
            throw new IOException("nobody is to be asked");
        }

        @Override
        public void restore() {}
    }
}
