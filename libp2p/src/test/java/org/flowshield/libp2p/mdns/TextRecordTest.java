package org.flowshield.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.mdns.MalformedTextException.Reason;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class TextRecordTest {

    private final PeerId peer = SomePeers.id(new Random(1));
    private final PeerId other = SomePeers.id(new Random(2));

    @Test
    void is_strings_with_a_byte_for_their_length() {
        byte[] record = TextRecord.encode(peer, addresses("/ip4/10.0.0.1/tcp/4001"));
        String string = "dnsaddr=/ip4/10.0.0.1/tcp/4001/p2p/" + peer;
        assertThat(record).isEqualTo(text(string));
        assertThat(record[0]).isEqualTo((byte) string.length());
    }

    @Test
    void tells_private_addresses_only() throws Exception {
        byte[] record =
                TextRecord.encode(
                        peer,
                        addresses(
                                "/ip4/127.0.0.1/tcp/1",
                                "/ip4/10.0.0.1/tcp/1",
                                "/ip4/9.9.9.9/tcp/1",
                                "/ip6/fd00::1/tcp/1",
                                "/ip4/0.0.0.0/tcp/1"));
        assertThat(read(record)).containsExactly("/ip4/10.0.0.1/tcp/1", "/ip6/fd00::1/tcp/1");
        assertThat(TextRecord.encode(peer, addresses("/ip4/9.9.9.9/tcp/1"))).isEmpty();
    }

    @Test
    void takes_nothing_that_leads_elsewhere() throws Exception {
        byte[] record =
                text(
                        "dnsaddr=/ip4/9.9.9.9/tcp/1/p2p/" + peer,
                        "dnsaddr=/ip4/127.0.0.1/tcp/1/p2p/" + peer,
                        "dnsaddr=/dns4/example.org/tcp/1/p2p/" + peer,
                        "dnsaddr=/ip4/10.0.0.1/tcp/1/p2p/" + other + "/p2p-circuit/p2p/" + peer,
                        "dnsaddr=/ip4/10.0.0.2/tcp/1",
                        "dnsaddr=nonsense",
                        "dnsaddr=",
                        "something=else",
                        "",
                        "dnsaddr=/ip4/10.0.0.3/tcp/1/p2p/" + peer);
        assertThat(read(record)).containsExactly("/ip4/10.0.0.3/tcp/1");
    }

    @Test
    void is_bounded() throws Exception {
        String[] many =
                IntStream.range(0, 50)
                        .mapToObj(i -> "dnsaddr=/ip4/10.0.0.%d/tcp/1/p2p/%s".formatted(i, peer))
                        .toArray(String[]::new);
        assertThat(read(text(many))).hasSize(TextRecord.MAX_ADDRESSES);
        assertReason(new byte[TextRecord.MAX_LENGTH + 1], Reason.TOO_LONG);
    }

    @Test
    void is_refused_when_cut_off_or_of_two_peers() {
        byte[] record = text("dnsaddr=/ip4/10.0.0.3/tcp/1/p2p/" + peer);
        record[0]++;
        assertReason(record, Reason.CUT_OFF);
        assertReason(
                text(
                        "dnsaddr=/ip4/10.0.0.3/tcp/1/p2p/" + peer,
                        "dnsaddr=/ip4/10.0.0.4/tcp/1/p2p/" + other),
                Reason.SEVERAL_PEERS);
    }

    private static void assertReason(byte[] record, Reason reason) {
        assertThatThrownBy(() -> TextRecord.parse(record))
                .isInstanceOfSatisfying(
                        MalformedTextException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private List<String> read(byte[] record) throws MalformedTextException {
        Neighbour neighbour = TextRecord.parse(record).orElseThrow();
        assertThat(neighbour.peer()).isEqualTo(peer);
        return neighbour.addresses().stream().map(it -> it.withoutPeer().toString()).toList();
    }

    private static byte[] text(String... strings) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            record.write(bytes.length);
            record.writeBytes(bytes);
        }
        return record.toByteArray();
    }

    private static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts)
                .map(
                        text -> {
                            try {
                                return Multiaddr.parse(text);
                            } catch (MalformedMultiaddrException e) {
                                throw new AssertionError(e);
                            }
                        })
                .toList();
    }
}
