package org.flowshield.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.Loopback;
import org.flowshield.libp2p.security.Peer;
import org.flowshield.libp2p.security.tls.MalformedCertificateException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks on a node that speaks TLS. In each the attacker has a TCP connection to or from it and
 * does what the test's name says; the node must refuse before any data passes.
 */
final class TlsAttackIT {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration DAY = Duration.ofDays(1);

    private final PrivateKey victim = PrivateKey.generate(RANDOM);
    private final PrivateKey alice = PrivateKey.generate(RANDOM);
    private final PrivateKey mallory = PrivateKey.generate(RANDOM);

    @ParameterizedTest
    @EnumSource
    void an_expired_certificate_is_refused(TlsProvider provider) throws Exception {
        Instant now = CLOCK.instant();
        OwnCertificate expired =
                new CertificateForge(alice)
                        .valid(now.minus(DAY.multipliedBy(2)), now.minus(DAY))
                        .own();

        refusesBothWays(provider, expired, Reason.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void a_forged_extension_signature_is_refused(TlsProvider provider) throws Exception {
        refusesBothWays(
                provider,
                new CertificateForge(alice).hostSignedAnother().own(),
                Reason.BAD_HOST_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void a_certificate_without_a_host_key_is_refused(TlsProvider provider) throws Exception {
        refusesBothWays(
                provider, new CertificateForge(alice).withoutHostKey().own(), Reason.NO_HOST_KEY);
    }

    @ParameterizedTest
    @EnumSource
    void a_certificate_that_does_not_sign_itself_is_refused(TlsProvider provider) throws Exception {
        refusesBothWays(
                provider,
                new CertificateForge(alice).signedByAnother().own(),
                Reason.BAD_SELF_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource
    void a_copied_certificate_is_worth_nothing_without_its_key(TlsProvider provider)
            throws Exception {
        OwnCertificate alices = OwnCertificate.create(alice, RANDOM, CLOCK.instant());
        OwnCertificate mallorys = OwnCertificate.create(mallory, RANDOM, CLOCK.instant());
        var stolen = new OwnCertificate(mallorys.key(), alices.certificate());

        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            link.dialler().secure(shows(stolen), true, null, List.of());

            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_without_a_certificate_is_refused(TlsProvider provider) throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            var anonymous =
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .endpointIdentificationAlgorithm(null)
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .build();
            link.dialler().attack(anonymous.newHandler(link.dialler().channel().alloc()));

            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_older_version_of_tls_is_refused(TlsProvider provider) throws Exception {
        OwnCertificate own = OwnCertificate.create(alice, RANDOM, CLOCK.instant());
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            var old =
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.2")
                            .keyManager(own.key(), own.certificate())
                            .endpointIdentificationAlgorithm(null)
                            .trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .build();
            link.dialler().attack(old.newHandler(link.dialler().channel().alloc()));

            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_recorded_handshake_cannot_be_replayed(TlsProvider provider) throws Exception {
        List<ByteBuf> recorded = Collections.synchronizedList(new ArrayList<>());
        try (Loopback honest = Loopback.open(Loopback.Io.NIO)) {
            honest.dialler()
                    .tamper(
                            message -> {
                                recorded.add(Unpooled.copiedBuffer(message));
                                return message;
                            });
            listen(honest, provider);
            honest.dialler()
                    .secure(
                            new TlsTransport(alice, RANDOM, CLOCK),
                            true,
                            null,
                            List.of(Peer.YAMUX));
            honest.listener().secured();
        }
        try (Loopback replay = Loopback.open(Loopback.Io.NIO)) {
            listen(replay, provider);
            replay.dialler().attack();
            recorded.forEach(replay.dialler()::sendRaw);

            assertThat(replay.listener().refusal()).isInstanceOf(IOException.class);
            replay.listener().awaitClosed();
        }
    }

    /** Handshake records that never end: fragments of a message that claims to be long. */
    @ParameterizedTest
    @EnumSource
    void an_endless_handshake_is_refused_at_its_limit(TlsProvider provider) throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            link.dialler().attack();
            ByteBuf first = record(4096).setBytes(5, new byte[] {1, 0, (byte) 0xff, (byte) 0xff});
            link.dialler().sendRaw(first);
            for (int sent = 4096; sent <= TlsRecordLayer.MAX_HANDSHAKE; sent += 4096) {
                link.dialler().sendRaw(record(4096));
            }

            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_beyond_the_limit_is_refused_before_its_bytes_come(TlsProvider provider)
            throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            link.dialler().attack().sendRaw(record(TlsRecordLayer.MAX_HANDSHAKE).writerIndex(5));

            assertThat(link.listener().refusal())
                    .hasMessageContaining("before it was authenticated");
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void junk_gets_no_more_than_an_alert_back(TlsProvider provider) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            byte[] junk = new byte[200_000];
            new Random(seed).nextBytes(junk);
            try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
                listen(link, provider);
                link.dialler().attack().sendRaw(Unpooled.wrappedBuffer(junk));

                assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
                link.listener().awaitClosed();
                link.dialler().awaitClosed();
                assertThat(link.dialler().leftover()).hasSizeLessThan(100);
            }
        }
    }

    /** A ticket would let a later connection skip the certificates. */
    @Test
    void a_server_issues_no_tickets() throws Exception {
        int echo = RecordBoundary.HEADER + 1 + 1 + 16;
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, TlsProvider.BORINGSSL);
            link.dialler().secure(new TlsTransport(alice, RANDOM, CLOCK), true, null, List.of());
            link.listener().secured();
            link.dialler().secured();
            long before = link.dialler().arrived();
            link.listener().send(new byte[1]);
            link.dialler().receive(1);

            link.dialler().awaitArrived(before + echo);
            assertThat(link.dialler().arrived()).isEqualTo(before + echo);
        }
    }

    private void refusesBothWays(TlsProvider provider, OwnCertificate shown, Reason reason)
            throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link, provider);
            link.dialler().secure(shows(shown), true, null, List.of());
            refuses(link.listener(), reason);
            link.dialler().awaitClosed();
        }
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            link.listener().secure(shows(shown), false, null, List.of());
            link.dialler()
                    .secure(
                            new TlsTransport(victim, RANDOM, CLOCK, provider),
                            true,
                            null,
                            List.of());
            refuses(link.dialler(), reason);
            link.listener().awaitClosed();
        }
    }

    private static void refuses(Peer peer, Reason reason) throws Exception {
        assertThat(peer.refusal())
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MalformedCertificateException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
        peer.awaitClosed();
    }

    private void listen(Loopback link, TlsProvider provider) {
        link.listener()
                .secure(
                        new TlsTransport(victim, RANDOM, CLOCK, provider),
                        false,
                        null,
                        List.of(Peer.YAMUX));
    }

    private static TlsTransport shows(OwnCertificate certificate) {
        return new TlsTransport(certificate, RANDOM, CLOCK, TlsProvider.JDK);
    }

    private static ByteBuf record(int length) {
        return Unpooled.buffer()
                .writeByte(22)
                .writeShort(0x0301)
                .writeShort(length)
                .writeZero(length);
    }
}
