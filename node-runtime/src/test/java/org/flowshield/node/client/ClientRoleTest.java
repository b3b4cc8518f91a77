package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a role that is off, and what is said of servers that can't be asked. */
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

    private static FirewallPolicy.Tunnel ipv4Only() {
        return new FirewallPolicy.Tunnel(new RoutePlan("fs0", true, false), List.of());
    }

    private static ClientRole role(OwnSettings settings) {
        return new ClientRole(
                new ClientAdapters(
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
                        0),
                settings,
                new SecureRandom(),
                Clock.systemUTC());
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
