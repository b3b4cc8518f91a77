package org.flowshield.tun;

/**
 * The super-packets that a device or a peer gives and takes. Without any, packets are at most one
 * MTU long and their checksums are complete.
 *
 * @param checksum packets whose checksum is yet to be completed; the others need it
 * @param tcp4 TCP over IPv4 up to 64 KiB, cut into segments later
 * @param tcp6 TCP over IPv6 up to 64 KiB
 * @param udp UDP datagrams of one flow, up to 64 KiB together
 */
public record Offloads(boolean checksum, boolean tcp4, boolean tcp6, boolean udp) {

    public static final Offloads NONE = new Offloads(false, false, false, false);
    public static final Offloads ALL = new Offloads(true, true, true, true);

    public Offloads {
        if (!checksum && (tcp4 || tcp6 || udp)) {
            throw new IllegalArgumentException("super-packets need checksum offload");
        }
    }

    /** What both can do. */
    public Offloads and(Offloads other) {
        return new Offloads(
                checksum && other.checksum,
                tcp4 && other.tcp4,
                tcp6 && other.tcp6,
                udp && other.udp);
    }
}
