package org.flowshield.libp2p.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefaultRouteTest {

    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    @Test
    void is_the_one_of_the_least_metric_that_leads_to_a_router() throws Exception {
        assertThat(
                        DefaultRoute.gateway(
                                List.of(
                                        HEAD,
                                        "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0",
                                        "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
                                        "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                                        "eth0\t0000000A\t0201A8C0\t0003\t0\t0\t0\t000000FF\t0\t0\t0")))
                .contains((java.net.Inet4Address) InetAddress.getByName("192.168.1.1"));
    }

    @Test
    void is_none_where_there_is_none() throws Exception {
        assertThat(DefaultRoute.gateway(List.of(HEAD))).isEmpty();
        assertThat(DefaultRoute.gateway(List.of())).isEmpty();
        assertThat(DefaultRoute.gateway(Path.of("/nonexistent"))).isEmpty();
    }

    @Test
    void a_strange_table_is_an_error() {
        assertThatThrownBy(() -> DefaultRoute.gateway(List.of(HEAD, "eth0 zero 0 3 0 0 0 0 0 0 0")))
                .isInstanceOf(IOException.class);
    }
}
