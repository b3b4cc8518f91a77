package org.flowshield.libp2p.multiaddr;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a component of a multiaddr can be: a row of the multiaddr protocol table. */
public enum Protocol {
    IP4(4, "ip4", ValueFormat.IP4),
    TCP(6, "tcp", ValueFormat.PORT),
    UDP(273, "udp", ValueFormat.PORT),
    IP6(41, "ip6", ValueFormat.IP6),
    IP6ZONE(42, "ip6zone", ValueFormat.NAME),
    IPCIDR(43, "ipcidr", ValueFormat.BYTE),
    DNS(53, "dns", ValueFormat.NAME),
    DNS4(54, "dns4", ValueFormat.NAME),
    DNS6(55, "dns6", ValueFormat.NAME),
    DNSADDR(56, "dnsaddr", ValueFormat.NAME),
    P2P_CIRCUIT(290, "p2p-circuit", ValueFormat.NONE),
    UNIX(400, "unix", ValueFormat.PERCENT_ENCODED),
    P2P(421, "p2p", ValueFormat.PEER_ID),
    HTTPS(443, "https", ValueFormat.NONE),
    TLS(448, "tls", ValueFormat.NONE),
    SNI(449, "sni", ValueFormat.NAME),
    NOISE(454, "noise", ValueFormat.NONE),
    QUIC(460, "quic", ValueFormat.NONE),
    QUIC_V1(461, "quic-v1", ValueFormat.NONE),
    WEBTRANSPORT(465, "webtransport", ValueFormat.NONE),
    CERTHASH(466, "certhash", ValueFormat.CERTHASH),
    WS(477, "ws", ValueFormat.NONE),
    WSS(478, "wss", ValueFormat.NONE),
    HTTP(480, "http", ValueFormat.NONE),
    HTTP_PATH(481, "http-path", ValueFormat.PERCENT_ENCODED),
    WEBRTC_DIRECT(280, "webrtc-direct", ValueFormat.NONE),
    WEBRTC(281, "webrtc", ValueFormat.NONE),
    MEMORY(777, "memory", ValueFormat.NAME);

    private static final Map<Integer, Protocol> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Protocol::code, Function.identity()));

    private static final Map<String, Protocol> BY_LABEL =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Protocol::label, Function.identity()));

    private final int code;
    private final String label;
    private final ValueFormat format;

    Protocol(int code, String label, ValueFormat format) {
        this.code = code;
        this.label = label;
        this.format = format;
    }

    public int code() {
        return code;
    }

    /** The name in the text form. */
    public String label() {
        return label;
    }

    /** False for protocols that are named and nothing more, like {@code /quic-v1}. */
    public boolean hasValue() {
        return format != ValueFormat.NONE;
    }

    ValueFormat format() {
        return format;
    }

    static Optional<Protocol> ofCode(long code) {
        return code > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.ofNullable(BY_CODE.get((int) code));
    }

    static Optional<Protocol> ofLabel(String label) {
        // The name before 2019, still met in addresses of IPFS nodes.
        return label.equals("ipfs") ? Optional.of(P2P) : Optional.ofNullable(BY_LABEL.get(label));
    }

    @Override
    public String toString() {
        return label;
    }
}
