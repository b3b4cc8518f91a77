package org.flowshield.node.tunnel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.tunnel.control.MalformedControlException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.node.tunnel.control.ControlMessage.Attach;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TunnelControlTest {

    static List<ControlMessage> every_kind_of_message() {
        Welcome welcome = Messages.welcome();
        Grant onlyV4 =
                new Grant(
                        new InnerAddresses(
                                Optional.of(Messages.v4("100.127.255.254")), Optional.empty()),
                        Optional.of(Messages.v4("100.64.0.1")),
                        Optional.empty(),
                        List.of(),
                        1280);
        return List.of(
                Messages.HELLO,
                new Hello(7, 1, false, Offloads.NONE, false, true),
                welcome,
                new Welcome(1, welcome.token(), 4, false, Offloads.NONE, onlyV4),
                new Refused(Refused.Reason.BUSY, "all 256 sessions are taken"),
                new Attach(welcome.token(), Lane.bulk(3)),
                new Attach(welcome.token(), Lane.DATAGRAM),
                new Attached(),
                new KeepAlive(-1, true),
                new KeepAlive(0, false),
                new Bye("stopped by the user"),
                new Counters(Long.MAX_VALUE, 0));
    }

    @ParameterizedTest
    @MethodSource("every_kind_of_message")
    void what_is_encoded_is_parsed_again(ControlMessage message) throws Exception {
        assertThat(TunnelControl.parse(TunnelControl.encode(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource(Refused.Reason.class)
    void every_reason_of_refusal_goes_over_the_wire(Refused.Reason reason) throws Exception {
        Refused refused = new Refused(reason, "");
        assertThat(TunnelControl.parse(TunnelControl.encode(refused))).isEqualTo(refused);
    }

    @Test
    void an_unknown_reason_of_refusal_is_unspecified() throws Exception {
        byte[] message = control(control -> control.getRefusedBuilder().setReasonValue(99));
        assertThat(TunnelControl.parse(message))
                .isEqualTo(new Refused(Refused.Reason.UNSPECIFIED, ""));
    }

    @Test
    void a_version_beyond_all_numbers_is_a_version_to_come() throws Exception {
        byte[] message =
                control(
                        control ->
                                control.getHelloBuilder().setVersion(-1).setLanes(1).setIpv4(true));
        assertThat(((Hello) TunnelControl.parse(message)).version()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void fields_to_come_are_ignored() throws Exception {
        byte[] bye = TunnelControl.encode(new Bye("x"));
        byte[] longer = Arrays.copyOf(bye, bye.length + 2);
        longer[bye.length] = 15 << 3; // a varint, field 15
        longer[bye.length + 1] = 5;
        assertThat(TunnelControl.parse(longer)).isEqualTo(new Bye("x"));
    }

    @Test
    void refuses_what_is_no_protobuf() {
        refuses(new byte[] {(byte) 0xff, 1, 2}, Reason.NOT_PROTOBUF);
    }

    @Test
    void refuses_a_message_that_says_nothing() {
        refuses(new byte[0], Reason.EMPTY);
    }

    @Test
    void refuses_a_message_above_the_limit() {
        refuses(new byte[TunnelControl.MAX_MESSAGE + 1], Reason.LENGTH_ABOVE_LIMIT);
    }

    @Test
    void refuses_version_zero() {
        refuses(hello(hello -> hello.setVersion(0)), Reason.VERSION_ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, Integer.MIN_VALUE})
    void refuses_a_number_of_lanes_out_of_range(int lanes) {
        refuses(hello(hello -> hello.setLanes(lanes)), Reason.LANES_OUT_OF_RANGE);
        refuses(welcome(welcome -> welcome.setLanes(lanes)), Reason.LANES_OUT_OF_RANGE);
    }

    @Test
    void refuses_a_hello_that_wants_no_address() {
        refuses(hello(hello -> hello.setIpv4(false).setIpv6(false)), Reason.ADDRESS_MISSING);
    }

    @Test
    void refuses_super_packets_without_checksum_offload() {
        refuses(
                hello(hello -> hello.setOffloads(TunnelProtos.Offloads.newBuilder().setTcp4(true))),
                Reason.OFFLOADS_WITHOUT_CHECKSUM);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refuses_a_token_of_the_wrong_length(int length) {
        ByteString token = ByteString.copyFrom(new byte[length]);
        refuses(welcome(welcome -> welcome.setToken(token)), Reason.TOKEN_LENGTH);
        refuses(
                control(control -> control.getAttachBuilder().setToken(token)),
                Reason.TOKEN_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "192.168.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "0.0.0.0",
                "224.0.0.1"
            })
    void refuses_an_inner_ipv4_address_outside_of_the_pool(String address) {
        ByteString bytes = ByteString.copyFrom(Messages.v4(address).getAddress());
        refuses(welcome(welcome -> welcome.setInnerV4(bytes)), Reason.ADDRESS_OUT_OF_RANGE);
        refuses(welcome(welcome -> welcome.setGatewayV4(bytes)), Reason.ADDRESS_OUT_OF_RANGE);
        refuses(welcome(welcome -> welcome.addDns(bytes)), Reason.ADDRESS_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "fe80::1", "fc00::1", "2001:db8::1", "ff02::1"})
    void refuses_an_inner_ipv6_address_outside_of_the_pool(String address) {
        ByteString bytes = ByteString.copyFrom(Messages.v6(address).getAddress());
        refuses(welcome(welcome -> welcome.setInnerV6(bytes)), Reason.ADDRESS_OUT_OF_RANGE);
    }

    @Test
    void refuses_an_address_of_no_family() {
        ByteString five = ByteString.copyFrom(new byte[5]);
        refuses(welcome(welcome -> welcome.setInnerV4(five)), Reason.ADDRESS_LENGTH);
        refuses(welcome(welcome -> welcome.addDns(five)), Reason.ADDRESS_LENGTH);
    }

    @Test
    void refuses_an_address_of_the_other_family() {
        ByteString v6 = ByteString.copyFrom(Messages.v6("fd00::9").getAddress());
        ByteString v4 = ByteString.copyFrom(Messages.v4("100.64.0.9").getAddress());
        refuses(welcome(welcome -> welcome.setInnerV4(v6)), Reason.ADDRESS_LENGTH);
        refuses(welcome(welcome -> welcome.setInnerV6(v4)), Reason.ADDRESS_LENGTH);
    }

    @Test
    void refuses_a_grant_without_addresses_or_without_gateway() {
        refuses(welcome(welcome -> welcome.clearInnerV4().clearInnerV6()), Reason.ADDRESS_MISSING);
        refuses(welcome(welcome -> welcome.clearGatewayV4()), Reason.GATEWAY_MISSING);
        refuses(welcome(welcome -> welcome.clearInnerV6()), Reason.GATEWAY_MISSING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1279, 65_536, -1})
    void refuses_an_mtu_that_no_device_can_have(int mtu) {
        refuses(welcome(welcome -> welcome.setMtu(mtu)), Reason.MTU_OUT_OF_RANGE);
    }

    @Test
    void refuses_a_crowd_of_resolvers() {
        ByteString dns = ByteString.copyFrom(Messages.v4("100.64.0.1").getAddress());
        refuses(
                welcome(
                        welcome -> {
                            for (int i = 0; i < 5; i++) {
                                welcome.addDns(dns);
                            }
                        }),
                Reason.TOO_MANY_RESOLVERS);
    }

    @Test
    void refuses_a_lane_out_of_range() {
        ByteString token = ByteString.copyFrom(new byte[SessionToken.LENGTH]);
        refuses(
                control(control -> control.getAttachBuilder().setToken(token).setLane(4)),
                Reason.LANE_OUT_OF_RANGE);
        refuses(
                control(
                        control ->
                                control.getAttachBuilder()
                                        .setToken(token)
                                        .setLane(1)
                                        .setDatagram(true)),
                Reason.LANE_OUT_OF_RANGE);
    }

    @Test
    void refuses_a_text_above_the_limit() {
        String text = "x".repeat(ControlMessage.MAX_TEXT + 1);
        refuses(control(control -> control.getByeBuilder().setReason(text)), Reason.TEXT_TOO_LONG);
        refuses(
                control(control -> control.getRefusedBuilder().setDetail(text)),
                Reason.TEXT_TOO_LONG);
    }

    @Test
    void refuses_a_counter_that_does_not_fit() {
        refuses(
                control(control -> control.getCountersBuilder().setSent(-1)),
                Reason.COUNTER_OUT_OF_RANGE);
    }

    @Test
    void our_own_texts_are_cut_to_the_limit() throws Exception {
        byte[] bye = TunnelControl.encode(new Bye("x".repeat(1000)));
        assertThat(((Bye) TunnelControl.parse(bye)).reason()).hasSize(ControlMessage.MAX_TEXT);
    }

    private static void refuses(byte[] message, Reason reason) {
        assertThatThrownBy(() -> TunnelControl.parse(message))
                .isInstanceOfSatisfying(
                        MalformedControlException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] hello(Consumer<TunnelProtos.Hello.Builder> change) {
        return control(
                control -> {
                    control.getHelloBuilder().setVersion(1).setLanes(1).setIpv4(true);
                    change.accept(control.getHelloBuilder());
                });
    }

    private static byte[] welcome(Consumer<TunnelProtos.Welcome.Builder> change) {
        return control(
                control -> {
                    try {
                        control.mergeFrom(TunnelControl.encode(Messages.welcome()));
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                    change.accept(control.getWelcomeBuilder());
                });
    }

    private static byte[] control(Consumer<TunnelProtos.Control.Builder> change) {
        TunnelProtos.Control.Builder control = TunnelProtos.Control.newBuilder();
        change.accept(control);
        return control.build().toByteArray();
    }
}
