package org.flowshield.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.libp2p.kad.SomePeers.address;
import static org.flowshield.libp2p.peerstore.StoredPeers.KAD;
import static org.flowshield.libp2p.peerstore.StoredPeers.SERVING;
import static org.flowshield.libp2p.peerstore.StoredPeers.id;
import static org.flowshield.libp2p.peerstore.StoredPeers.signed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peerstore.MalformedPeerFileException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilePeerStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private @TempDir Path folder;

    @Test
    void remembers_over_a_restart() throws Exception {
        PrivateKey reached = StoredPeers.key();
        PrivateKey heard = StoredPeers.key();
        List<KnownPeer> before;
        try (FilePeerStore store = open(NOW)) {
            store.reached(id(reached), address("9.9.9.9").withPeer(id(reached)));
            store.met(
                    id(reached),
                    address("9.9.9.9"),
                    Optional.of(signed(reached, 3, "9.9.9.9")),
                    SERVING);
            store.met(
                    id(heard),
                    address("8.8.8.8"),
                    Optional.of(signed(heard, 3, "8.8.8.8")),
                    SERVING);
            store.failed(id(heard));
            before = store.candidates(KAD, 10);
        }
        try (FilePeerStore store = open(NOW.plusSeconds(60))) {
            assertThat(store.candidates(KAD, 10)).isEqualTo(before).hasSize(2);
            assertThat(store.find(id(reached)).orElseThrow().isProven()).isTrue();
            assertThat(store.find(id(heard)).orElseThrow().failures()).isOne();
        }
        try (FilePeerStore store = open(NOW.plus(Duration.ofDays(31)))) {
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void its_file_is_the_owners_alone_and_nothing_else_is_left() throws Exception {
        PrivateKey key = StoredPeers.key();
        try (FilePeerStore store = open(NOW)) {
            store.reached(id(key), address("9.9.9.9"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_broken_file_is_set_aside() throws Exception {
        PrivateKey key = StoredPeers.key();
        try (FilePeerStore store = open(NOW)) {
            store.reached(id(key), address("9.9.9.9"));
        }
        byte[] content = Files.readAllBytes(file());
        content[content.length - 1] ^= 1;
        Files.write(file(), content);
        try (FilePeerStore store = open(NOW)) {
            assertThat(store.size()).isZero();
            assertThat(folder.resolve("peers.broken")).hasBinaryContent(content);
            store.reached(id(key), address("9.9.9.9"));
        }
        try (FilePeerStore store = open(NOW)) {
            assertThat(store.size()).isOne();
        }
    }

    @Test
    void a_file_that_may_not_be_read_is_an_error() throws Exception {
        Files.createDirectory(file());
        assertThatThrownBy(() -> open(NOW)).isInstanceOf(IOException.class);
    }

    @Test
    void says_what_is_wrong_with_a_file() throws Exception {
        byte[] good = PeerFile.encode(List.of());
        assertThat(PeerFile.parse(good)).isEmpty();
        assertReason(new byte[0], Reason.WRONG_KIND);
        byte[] newer = good.clone();
        newer[7] = '2';
        assertReason(newer, Reason.WRONG_KIND);
        byte[] changed = good.clone();
        changed[10] ^= 1;
        assertReason(changed, Reason.WRONG_HASH);
        assertReason(new byte[PeerFile.MAX_LENGTH + 1], Reason.TOO_LONG);
        byte[] nobody =
                PeerStoreProtos.Peers.newBuilder()
                        .addPeers(PeerStoreProtos.Peer.newBuilder())
                        .build()
                        .toByteArray();
        assertThatThrownBy(() -> PeerFile.body(nobody))
                .isInstanceOfSatisfying(
                        MalformedPeerFileException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BAD_ENCODING));
    }

    private static void assertReason(byte[] file, Reason reason) {
        assertThatThrownBy(() -> PeerFile.parse(file))
                .isInstanceOfSatisfying(
                        MalformedPeerFileException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private Path file() {
        return folder.resolve("peers");
    }

    private FilePeerStore open(Instant now) throws IOException {
        return FilePeerStore.open(file(), StoreLimits.DEFAULT, Clock.fixed(now, ZoneOffset.UTC));
    }
}
