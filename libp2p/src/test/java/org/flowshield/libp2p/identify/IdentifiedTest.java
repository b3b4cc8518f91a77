package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.identify.MalformedIdentifyException.Reason;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.PeerRecord;
import org.junit.jupiter.api.Test;

final class IdentifiedTest {

    private static final PeerId ALICE = id("alice");
    private static final PeerId BOB = id("bob");
    private static final Multiaddr LOOPBACK = address("/ip4/127.0.0.1/tcp/1");
    private static final Multiaddr INTERNET = address("/ip4/8.8.8.8/tcp/1");

    @Test
    void is_what_the_vector_says() throws Exception {
        IdentifyProtos.Identify message =
                IdentifyProtos.Identify.parseFrom(
                        Vectors.hex(Vectors.section("identify").get("message")));
        Identified alice = Identified.of(ALICE, LOOPBACK, message);
        assertThat(alice.agent()).isEqualTo("test/1.0");
        assertThat(alice.protocolVersion()).isEqualTo("ipfs/0.1.0");
        assertThat(alice.protocols())
                .containsExactly(
                        new ProtocolId("/ipfs/id/1.0.0"), new ProtocolId("/ipfs/ping/1.0.0"));
        assertThat(alice.observedAddress()).contains(address("/ip4/127.0.0.1/tcp/5555"));
        assertThat(alice.addresses())
                .containsExactly(
                        address("/ip4/127.0.0.1/tcp/4001"),
                        address("/ip4/127.0.0.1/udp/4001/quic-v1"));
        assertThat(alice.peerRecord().map(PeerRecord::seq)).contains(1700000000000L);
    }

    @Test
    void refuses_the_key_or_record_of_another() throws Exception {
        byte[] envelope = Vectors.hex(Vectors.section("peerRecord").get("envelope"));
        IdentifyProtos.Identify.Builder alices =
                message().setSignedPeerRecord(ByteString.copyFrom(envelope));
        assertThat(Identified.of(ALICE, LOOPBACK, alices.build()).peerRecord()).isPresent();
        assertMalformed(BOB, alices, Reason.BAD_RECORD);
        envelope[envelope.length - 1] ^= 1;
        assertMalformed(
                ALICE,
                message().setSignedPeerRecord(ByteString.copyFrom(envelope)),
                Reason.BAD_RECORD);

        byte[] key = Vectors.hex(Vectors.identity("alice").get("publicProto"));
        assertMalformed(BOB, message().setPublicKey(ByteString.copyFrom(key)), Reason.BAD_KEY);
        assertMalformed(
                ALICE, message().setPublicKey(ByteString.copyFrom(key, 0, 9)), Reason.BAD_KEY);
    }

    @Test
    void takes_addresses_with_and_without_its_own_id_and_none_of_others() throws Exception {
        assertThat(
                        addresses(
                                LOOPBACK,
                                "/ip4/8.8.4.4/tcp/1",
                                "/ip4/8.8.4.4/tcp/2/p2p/" + ALICE,
                                "/ip4/8.8.4.4/tcp/3/p2p/" + BOB,
                                "/ip4/8.8.4.4/tcp/4/p2p/" + BOB + "/p2p-circuit",
                                "/ip4/8.8.4.4/tcp/1/p2p/" + ALICE))
                .containsExactly(
                        "/ip4/8.8.4.4/tcp/1",
                        "/ip4/8.8.4.4/tcp/2",
                        "/ip4/8.8.4.4/tcp/4/p2p/" + BOB + "/p2p-circuit");
    }

    @Test
    void takes_no_inner_addresses_from_a_peer_outside() throws Exception {
        String[] all = {
            "/ip4/127.0.0.1/tcp/1",
            "/ip4/10.0.0.1/tcp/1",
            "/ip4/9.9.9.9/tcp/1",
            "/ip4/0.0.0.0/tcp/1"
        };
        assertThat(addresses(LOOPBACK, all)).containsExactly(all[0], all[1], all[2]);
        assertThat(addresses(address("/ip4/192.168.0.9/tcp/5"), all))
                .containsExactly(all[1], all[2]);
        assertThat(addresses(INTERNET, all)).containsExactly(all[2]);
    }

    @Test
    void leaves_out_what_it_cannot_read() throws Exception {
        IdentifyProtos.Identify message =
                message()
                        .addListenAddrs(ByteString.copyFrom(new byte[] {3, 3}))
                        .addListenAddrs(ByteString.EMPTY)
                        .addListenAddrs(ByteString.copyFrom(INTERNET.encode()))
                        .addProtocols("no slash")
                        .addProtocols("/line\nfeed")
                        .addProtocols("/fine")
                        .setObservedAddr(ByteString.copyFrom(new byte[] {9}))
                        .build();
        Identified read = Identified.of(ALICE, LOOPBACK, message);
        assertThat(read.addresses()).containsExactly(INTERNET);
        assertThat(read.protocols()).containsExactly(new ProtocolId("/fine"));
        assertThat(read.observedAddress()).isEmpty();
    }

    @Test
    void strips_our_id_from_the_observed_address() throws Exception {
        IdentifyProtos.Identify message =
                message()
                        .setObservedAddr(ByteString.copyFrom(INTERNET.withPeer(BOB).encode()))
                        .build();
        assertThat(Identified.of(ALICE, LOOPBACK, message).observedAddress()).contains(INTERNET);
    }

    @Test
    void has_names_that_do_no_harm_on_a_terminal() throws Exception {
        String nasty = "evil\u001b[2J\n\u202e\u2028" + "x".repeat(1000);
        Identified read = Identified.of(ALICE, LOOPBACK, message().setAgentVersion(nasty).build());
        assertThat(read.agent()).startsWith("evil?[2J???xxx").hasSize(Identified.MAX_NAME);
    }

    @Test
    void bounds_lists() throws Exception {
        IdentifyProtos.Identify.Builder message = message();
        for (int i = 0; i <= Identified.MAX_PROTOCOLS; i++) {
            message.addProtocols("/" + i);
        }
        for (int i = 0; i <= Identified.MAX_ADDRESSES; i++) {
            message.addListenAddrs(ByteString.copyFrom(address("/ip4/8.8.8.8/tcp/" + i).encode()));
        }
        Identified read = Identified.of(ALICE, LOOPBACK, message.build());
        assertThat(read.protocols()).hasSize(Identified.MAX_PROTOCOLS);
        assertThat(read.addresses()).hasSize(Identified.MAX_ADDRESSES);
    }

    @Test
    void keeps_what_a_push_does_not_mention() throws Exception {
        Identified before =
                Identified.of(
                        ALICE,
                        LOOPBACK,
                        message()
                                .setAgentVersion("a/1")
                                .addProtocols("/old")
                                .addListenAddrs(ByteString.copyFrom(INTERNET.encode()))
                                .build());
        assertThat(before.updated(LOOPBACK, message().build())).isEqualTo(before);
        Identified after = before.updated(LOOPBACK, message().addProtocols("/new").build());
        assertThat(after.protocols()).containsExactly(new ProtocolId("/new"));
        assertThat(after.addresses()).containsExactly(INTERNET);
        assertThat(after.agent()).isEqualTo("a/1");
    }

    @Test
    void takes_newer_records_only_and_only_their_addresses() throws Exception {
        Multiaddr first = address("/ip4/9.9.9.9/tcp/1");
        Multiaddr second = address("/ip4/9.9.9.9/tcp/2");
        Identified at5 = Identified.of(ALICE, LOOPBACK, withRecord(5, first));
        assertThat(at5.addresses()).containsExactly(first);
        assertThat(at5.updated(LOOPBACK, withRecord(5, second))).isEqualTo(at5);
        assertThat(at5.updated(LOOPBACK, withRecord(4, second))).isEqualTo(at5);
        Identified at6 = at5.updated(LOOPBACK, withRecord(6, second));
        assertThat(at6.addresses()).containsExactly(second);
        assertThat(at6.peerRecord().map(PeerRecord::seq)).isEqualTo(Optional.of(6L));
    }

    private static IdentifyProtos.Identify withRecord(long seq, Multiaddr address)
            throws Exception {
        try (PrivateKey key =
                PrivateKey.parse(Vectors.hex(Vectors.identity("alice").get("privateProto")))) {
            byte[] envelope = new PeerRecord(ALICE, seq, List.of(address)).seal(key).encoded();
            return message()
                    .addListenAddrs(ByteString.copyFrom(INTERNET.encode()))
                    .setSignedPeerRecord(ByteString.copyFrom(envelope))
                    .build();
        }
    }

    private static List<String> addresses(Multiaddr remote, String... listening) throws Exception {
        IdentifyProtos.Identify.Builder message = message();
        for (String text : listening) {
            message.addListenAddrs(ByteString.copyFrom(address(text).encode()));
        }
        return Identified.of(ALICE, remote, message.build()).addresses().stream()
                .map(Multiaddr::toString)
                .toList();
    }

    private static void assertMalformed(
            PeerId peer, IdentifyProtos.Identify.Builder message, Reason reason) {
        assertThatThrownBy(() -> Identified.of(peer, LOOPBACK, message.build()))
                .isInstanceOfSatisfying(
                        MalformedIdentifyException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static IdentifyProtos.Identify.Builder message() {
        return IdentifyProtos.Identify.newBuilder();
    }

    private static PeerId id(String name) {
        try {
            return PeerId.parse(Vectors.identity(name).get("base58").asString());
        } catch (MalformedPeerIdException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalStateException(e);
        }
    }
}
